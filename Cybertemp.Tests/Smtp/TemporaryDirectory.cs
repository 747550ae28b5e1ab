namespace Cybertemp.Tests.Smtp;

internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cybertemp-smtp-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
