using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cybertemp.Web.Requests;
using ModelContextProtocol.Protocol;

namespace Cybertemp.Web.Dialects.Mcp;

/// <summary>A tool's answer: JSON, as text for any client and as an object for those that take one.</summary>
internal static class ToolAnswer
{
    /// <summary>Whatever the tool does; that mail cannot be read now is an answer too.</summary>
    public static async Task<CallToolResult> OfAsync(Func<Task<CallToolResult>> tool)
    {
        try
        {
            return await tool();
        }
        catch (Exception ex) when (ex is DbException or TimeoutException)
        {
            return Of(Problem.StorageAway);
        }
    }

    public static CallToolResult Of<T>(T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToElement(value, type);
        return new CallToolResult
        {
            Content = [new TextContentBlock { Text = json.GetRawText() }],
            StructuredContent = json,
        };
    }

    public static CallToolResult Of(Problem problem) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = $"{problem.Code}: {problem.Title}. {problem.Detail}" }],
    };
}
