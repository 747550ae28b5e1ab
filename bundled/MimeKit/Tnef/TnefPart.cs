using MimeKit.Parsing;

namespace MimeKit.Tnef;

/// <summary>application/ms-tnef: an attachment whose content this subset does not take apart.</summary>
public class TnefPart : MimePart
{
    internal TnefPart(EntityArguments args)
        : base(args)
    {
    }

    public IEnumerable<MimeEntity> ExtractAttachments() =>
        throw new NotSupportedException("TNEF needs the published package MimeKit.");
}
