namespace Cybertemp.SmtpReceiver.Storage.Maintenance;

/// <summary>What <see cref="StorageMonitor"/> found last. Thread-safe.</summary>
internal sealed class DatabaseState
{
    private volatile bool _isFull;
    private volatile IReadOnlyList<string> _weaknesses = [];

    /// <summary><c>Storage:MaxDatabaseBytes</c> is reached.</summary>
    public bool IsFull
    {
        get => _isFull;
        set => _isFull = value;
    }

    /// <summary>Server settings under which a committed transaction can be lost.</summary>
    public IReadOnlyList<string> Weaknesses
    {
        get => _weaknesses;
        set => _weaknesses = value;
    }
}
