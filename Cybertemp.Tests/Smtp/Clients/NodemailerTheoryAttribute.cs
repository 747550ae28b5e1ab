namespace Cybertemp.Tests.Smtp.Clients;

/// <summary>Skipped where nodemailer could not be fetched, but not in CI.</summary>
public sealed class NodemailerTheoryAttribute : TheoryAttribute
{
    public NodemailerTheoryAttribute()
    {
        if (!ClientPrograms.HasNodemailer && !ClientPrograms.IsRequired)
        {
            Skip = "No nodemailer: .ci/install test";
        }
    }
}
