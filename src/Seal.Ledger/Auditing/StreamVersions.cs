using System.IO.MemoryMappedFiles;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Seal.Ledger.Merkle;

namespace Seal.Ledger.Auditing;

/// <summary>
/// The last version of every stream, in a hash table that lies in a file: memory stays flat however many streams there
/// are, and an audit that is broken off finds it again.
/// </summary>
internal sealed class StreamVersions : IDisposable
{
    private const long SmallestCapacity = 1 << 12;
    private const int MostKeys = 1 << 12;

    private static readonly int SlotSize = Marshal.SizeOf<Slot>();

    private readonly string _file;

    // Without it, whoever writes the log could look for streams whose keys collide.
    private readonly byte[] _secret;
    private readonly bool _temporary;

    // Most streams that are met are soon met again.
    private readonly Dictionary<string, UInt128> _keys = [];
    private MemoryMappedFile _map;
    private MemoryMappedViewAccessor _slots;
    private long _capacity;

    /// <summary>Begins an empty table; with no file named, in a temporary one.</summary>
    public StreamVersions(string? file)
    {
        _temporary = file is null;
        _file = file ?? Path.Combine(Path.GetTempPath(), "seal-audit-" + RandomNumberGenerator.GetHexString(16, lowercase: true));
        _secret = RandomNumberGenerator.GetBytes(16);
        _capacity = SmallestCapacity;
        (_map, _slots) = Open(FileMode.Create);
    }

    /// <summary>Takes up a table that <see cref="CopyTo"/> wrote.</summary>
    public StreamVersions(string file, byte[] secret, long count)
    {
        (_file, _secret, Count) = (file, secret, count);
        _capacity = new FileInfo(file).Length / SlotSize;
        (_map, _slots) = Open(FileMode.Open);
    }

    /// <summary>Whether a file of this length can be a table of so many streams.</summary>
    public static bool IsTable(long length, long count) =>
        length % SlotSize == 0 && length / SlotSize is >= SmallestCapacity and var capacity && BitOperations.IsPow2(capacity) && count <= capacity / 2;

    /// <summary>Number of streams.</summary>
    public long Count { get; private set; }

    /// <summary>What must be kept with the file.</summary>
    public byte[] Secret => _secret;

    /// <summary>Notes a stream's version.</summary>
    /// <returns>The version noted before; 0 if none.</returns>
    public long Put(string stream, long version)
    {
        if (Count * 2 >= _capacity)
        {
            Grow();
        }

        var at = Find(KeyOf(stream), out var slot);
        var before = slot.Version;
        if (!slot.IsUsed)
        {
            Count++;
        }

        slot.Version = version;
        slot.IsUsed = true;
        _slots.Write(at, ref slot);
        return before;
    }

    /// <summary>The version noted of a stream; 0 if none.</summary>
    public long Of(string stream)
    {
        _ = Find(KeyOf(stream), out var slot);
        return slot.Version;
    }

    /// <summary>Copies the table as it is now to another file.</summary>
    public void CopyTo(string file)
    {
        _slots.Flush();
        File.Copy(_file, file, overwrite: true);
    }

    /// <summary>Deletes the file.</summary>
    public void Delete()
    {
        Dispose();
        File.Delete(_file);
    }

    public void Dispose()
    {
        _slots.Dispose();
        _map.Dispose();
        if (_temporary)
        {
            File.Delete(_file);
        }
    }

    private UInt128 KeyOf(string stream)
    {
        if (!_keys.TryGetValue(stream, out var key))
        {
            if (_keys.Count == MostKeys)
            {
                _keys.Clear();
            }

            key = HashOf(stream);
            _keys.Add(stream, key);
        }

        return key;
    }

    private UInt128 HashOf(string stream)
    {
        var length = _secret.Length + Encoding.UTF8.GetMaxByteCount(stream.Length);
        var text = length <= 512 ? stackalloc byte[512] : new byte[length];
        _secret.CopyTo(text);
        var written = Encoding.UTF8.GetBytes(stream, text[_secret.Length..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        ShortHash.Compute(text[..(_secret.Length + written)], digest);
        return MemoryMarshal.Read<UInt128>(digest);
    }

    private long Find(UInt128 key, out Slot slot)
    {
        for (var index = (long)(key & (UInt128)(_capacity - 1)); ; index = (index + 1) & (_capacity - 1))
        {
            _slots.Read(index * SlotSize, out slot);
            if (!slot.IsUsed || (slot.High, slot.Low) == ((ulong)(key >> 64), (ulong)key))
            {
                (slot.High, slot.Low) = ((ulong)(key >> 64), (ulong)key);
                return index * SlotSize;
            }
        }
    }

    private void Grow()
    {
        var (oldMap, oldSlots, oldCapacity) = (_map, _slots, _capacity);
        var old = _file + ".old";
        File.Move(_file, old, overwrite: true);
        _capacity *= 2;
        (_map, _slots) = Open(FileMode.Create);
        for (long at = 0; at < oldCapacity * SlotSize; at += SlotSize)
        {
            oldSlots.Read(at, out Slot slot);
            if (slot.IsUsed)
            {
                _slots.Write(Find(new UInt128(slot.High, slot.Low), out _), ref slot);
            }
        }

        oldSlots.Dispose();
        oldMap.Dispose();
        File.Delete(old);
    }

    private (MemoryMappedFile Map, MemoryMappedViewAccessor Slots) Open(FileMode mode)
    {
        var map = MemoryMappedFile.CreateFromFile(_file, mode, mapName: null, _capacity * SlotSize);
        return (map, map.CreateViewAccessor(0, _capacity * SlotSize));
    }

    private struct Slot
    {
        public ulong High;
        public ulong Low;
        public long Version;
        private long _used;

        public bool IsUsed
        {
            readonly get => _used != 0;
            set => _used = value ? 1 : 0;
        }
    }
}
