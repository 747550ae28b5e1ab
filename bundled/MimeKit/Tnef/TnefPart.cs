namespace MimeKit.Tnef;

/// <summary>application/ms-tnef: an attachment whose content this subset does not take apart.</summary>
internal sealed class TnefPart(EntityArguments args) : MimePart(args);
