using Microsoft.Extensions.Options;

namespace Cybertemp.Web;

[OptionsValidator]
internal sealed partial class WebOptionsValidator : IValidateOptions<WebOptions>;
