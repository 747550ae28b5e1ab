namespace MimeKit.Tnef;

/// <summary>application/ms-tnef: an attachment whose content this subset does not take apart.</summary>
public class TnefPart : MimePart
{
    internal TnefPart(EntityArguments args) : base(args) { }
}
