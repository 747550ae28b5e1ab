using System.CommandLine;
using Cybertemp.Mail.Addresses;

namespace Cybertemp.Cli;

/// <summary>
/// The address of an inbox, as a command's argument. Its value is in normal form, however it was spelled.
/// </summary>
internal static class InboxArgument
{
    public static Argument<string> Create() => new("ADDRESS")
    {
        Description = "An inbox, as box@example.com",
        CustomParser = static result =>
        {
            var given = result.Tokens[0].Value;
            if (MailPath.TryParse($"<{given}>", out var path) && path.Rest.IsEmpty
                && path.CheckRecipient(allowsUtf8: true, out var mailbox) is RecipientSpelling.Valid)
            {
                return mailbox.ToString();
            }

            result.AddError($"'{given}' is no address of an inbox.");
            return "";
        },
    };
}
