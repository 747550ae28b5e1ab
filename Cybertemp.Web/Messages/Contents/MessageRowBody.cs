namespace Cybertemp.Web.Messages.Contents;

/// <summary>A listed message with its bodies.</summary>
/// <param name="Row">Its narrow columns.</param>
/// <param name="Text">Never null; made of the HTML where the mail has no other.</param>
/// <param name="Html">As sent: hostile until made safe. "" when there is none.</param>
internal sealed record MessageRowBody(MessageRow Row, string Text, string Html);
