namespace Supabase.Postgrest.Responses;

/// <summary>A response of PostgREST.</summary>
public class BaseResponse
{
    internal BaseResponse(HttpResponseMessage responseMessage, string content)
    {
        ResponseMessage = responseMessage;
        Content = content;
    }

    public HttpResponseMessage? ResponseMessage { get; set; }

    public string? Content { get; set; }
}
