using System.CommandLine;

namespace Cybertemp.Cli.Commands;

/// <summary><c>completion bash|zsh|fish</c>: the shell asks this program what may come next.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _cybertemp() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" \
                -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -F _cybertemp cybertemp
        """;

    private const string Zsh = """
        _cybertemp() { compadd -- ${(f)"$(cybertemp "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)"} }
        compdef _cybertemp cybertemp
        """;

    private const string Fish = """
        complete -c cybertemp -f -a '(cybertemp "[suggest:"(commandline -C)"]" (commandline -p) 2>/dev/null)'
        """;

    private static readonly Argument<string> Shell = new Argument<string>("SHELL")
        .AcceptOnlyFromAmong("bash", "zsh", "fish");

    public static Command Create()
    {
        var command =
            new Command("completion", "A shell's completion: eval \"$(cybertemp completion bash)\"") { Shell };
        command.SetAction(static arguments => Console.Out.WriteLine(arguments.GetRequiredValue(Shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Fish,
        }));
        return command;
    }
}
