namespace Cybertemp.Tests.Smtp.Clients;

/// <summary>Skipped where Postfix's smtp-source could not be fetched, but not in CI.</summary>
public sealed class SmtpSourceTheoryAttribute : TheoryAttribute
{
    public SmtpSourceTheoryAttribute()
    {
        if (!ClientPrograms.HasSmtpSource && !ClientPrograms.IsRequired)
        {
            Skip = "No smtp-source: .ci/install test";
        }
    }
}
