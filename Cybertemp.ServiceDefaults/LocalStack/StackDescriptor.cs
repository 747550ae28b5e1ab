using System.Diagnostics;
using System.Text.Json;

namespace Cybertemp.ServiceDefaults.LocalStack;

/// <summary>
/// What the local stack leaves for operators' commands while it runs: the AppHost's process and the configuration of
/// its services. The file is this user's alone, since passwords are in it; of several stacks the first one has it.
/// </summary>
public sealed record StackDescriptor(int ProcessId, IReadOnlyDictionary<string, string?> Settings)
{
    private static string FileName => Path.Combine(VolumeDirectory.Path, "cybertemp.json");

    /// <summary>The stack that runs; null when none does, whatever a killed one has left.</summary>
    public static StackDescriptor? Find()
    {
        try
        {
            var stack = JsonSerializer.Deserialize<StackDescriptor>(File.ReadAllBytes(FileName));
            return stack is { Settings: not null } && IsAlive(stack.ProcessId) ? stack : null;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Leaves the file, unless another stack that runs has.</summary>
    public void Write()
    {
        if (Find() is not null)
        {
            return;
        }

        Directory.CreateDirectory(VolumeDirectory.Path);
        var unfinished = $"{FileName}.{ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(unfinished, options))
        {
            JsonSerializer.Serialize(file, this);
        }

        File.Move(unfinished, FileName, overwrite: true);
    }

    /// <summary>Removes the file if it is this stack's.</summary>
    public void Delete()
    {
        if (Find()?.ProcessId == ProcessId)
        {
            File.Delete(FileName);
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
