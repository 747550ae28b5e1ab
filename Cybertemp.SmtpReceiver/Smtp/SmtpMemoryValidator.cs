using Cybertemp.SmtpReceiver.Smtp.Limits;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>Refuses budgets under which the largest message allowed could never be received.</summary>
internal sealed class SmtpMemoryValidator : IValidateOptions<SmtpOptions>
{
    private const string MessageKey = $"{SmtpOptions.Section}:{nameof(SmtpOptions.MaxMessageBytes)}";

    public ValidateOptionsResult Validate(string? name, SmtpOptions options)
    {
        var least = ContentBudget.LeastLimitFor(options.MaxMessageBytes);
        string[] failures =
        [
            .. Failure(nameof(SmtpOptions.MaxInFlightBytes), options.MaxInFlightBytes, least),
            .. Failure(nameof(SmtpOptions.MaxInFlightBytesPerClient), options.MaxInFlightBytesPerClient, least),
        ];
        return failures is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failure(string option, long? value, long least) => value < least
        ? [$"{option}: The field SmtpOptions.{option} must be at least {least}: room for one message of {MessageKey}."]
        : [];
}
