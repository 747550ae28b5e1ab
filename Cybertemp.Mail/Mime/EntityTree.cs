using System.Runtime.InteropServices;
using MimeKit;

namespace Cybertemp.Mail.Mime;

/// <summary>
/// The parts of one message, and the octets of those whose content the parser does not give. MimeKit's entities and
/// contents have finalizers: each that is not disposed of outlives a collection, with all that it refers to.
/// </summary>
internal sealed class EntityTree(ReadOnlyMemory<byte> octets) : IDisposable
{
    private Dictionary<MimeEntity, ReadOnlyMemory<byte>>? _octets;
    private MimeEntity? _root;
    private MimeEntity? _body;
    private List<MimeEntity>? _leaves;
    private Multipart? _parentOfUndivided;

    /// <summary>Without a copy where there is an array: contents are views of it.</summary>
    public MemoryStream Stream { get; } = MemoryMarshal.TryGetArray(octets, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false, publiclyVisible: true)
        : new MemoryStream(octets.ToArray(), 0, octets.Length, writable: false, publiclyVisible: true);

    /// <summary>The whole message: its header is the message's.</summary>
    public MimeEntity Root
    {
        get => _root ?? throw new InvalidOperationException("Nothing was parsed.");
        set => _root = value;
    }

    /// <summary>The root, unless its parts were told apart later.</summary>
    public MimeEntity Body => _body ?? Root;

    /// <summary>The first multipart without parts, or null.</summary>
    public Multipart? Undivided { get; private set; }

    /// <summary>Of an attached message or of a multipart without parts: what is behind its header.</summary>
    public ReadOnlyMemory<byte> OctetsOf(MimeEntity entity) => _octets?.GetValueOrDefault(entity) ?? default;

    public void AddOctets(MimeEntity entity, Multipart? parent, long start, long end)
    {
        (_octets ??= []).Add(entity, octets[(int)Math.Min(start, end)..(int)end]);
        if (entity is Multipart undivided && Undivided is null)
        {
            (Undivided, _parentOfUndivided) = (undivided, parent);
        }
    }

    /// <summary>Puts a multipart with parts in the place of <see cref="Undivided"/>.</summary>
    public void Divide(EntityTree divided)
    {
        foreach (var (entity, content) in divided._octets ?? [])
        {
            _octets?.Add(entity, content);
        }

        if (_parentOfUndivided is { } parent && parent.IndexOf(Undivided!) is var index and >= 0)
        {
            parent[index] = divided.Root;
        }
        else if (ReferenceEquals(Undivided, Root))
        {
            _body = divided.Root;
        }
    }

    public void Dispose()
    {
        _root?.Dispose();
        _body?.Dispose();
        Undivided?.Dispose();
    }

    /// <summary>As the library counts the parts of a body: without multiparts, attached messages as one.</summary>
    public IReadOnlyList<MimeEntity> Leaves => _leaves ??= LeavesOf(Body);

    public static List<MimeEntity> LeavesOf(MimeEntity entity)
    {
        var leaves = new List<MimeEntity>();
        Add(entity, leaves);
        return leaves;
    }

    private static void Add(MimeEntity entity, List<MimeEntity> leaves)
    {
        if (entity is not Multipart multipart)
        {
            leaves.Add(entity);
            return;
        }

        foreach (var child in multipart)
        {
            Add(child, leaves);
        }
    }
}
