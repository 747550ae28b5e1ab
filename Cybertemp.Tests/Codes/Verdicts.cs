using Cybertemp.Web.Codes;

namespace Cybertemp.Tests.Codes;

/// <summary>
/// Right and wrong answers about a set of mails. A wrong value counts as one too many and one missed.
/// </summary>
internal sealed class Verdicts
{
    private readonly List<string> _faults = [];
    private int _right;
    private int _given;
    private int _wanted;

    public double Precision => _given == 0 ? 1 : (double)_right / _given;

    public double Recall => _wanted == 0 ? 1 : (double)_right / _wanted;

    public string Summary =>
        $"precision {Precision:F3}, recall {Recall:F3}, {_right} right of {_given} given and {_wanted} wanted\n"
        + string.Join('\n', _faults);

    public static (Verdicts Codes, Verdicts Links) On(IEnumerable<MailCase> mails)
    {
        var (codes, links) = (new Verdicts(), new Verdicts());
        foreach (var mail in mails)
        {
            var action = MailActionReader.Read(mail.Subject, mail.Text, mail.Html, mail.From);
            codes.Add(mail.Name, mail.Code, action.Code);
            links.Add(mail.Name, mail.Link, action.Link);
        }

        return (codes, links);
    }

    private void Add(string name, string? wanted, string? given)
    {
        _given += given is null ? 0 : 1;
        _wanted += wanted is null ? 0 : 1;
        if (given == wanted)
        {
            _right += given is null ? 0 : 1;
            return;
        }

        _faults.Add($"{name}: wanted {wanted ?? "none"}, given {given ?? "none"}");
    }
}
