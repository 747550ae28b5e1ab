using System.Text;
using Cybertemp.Cli;

Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
return await CommandTree.RunAsync(args);
