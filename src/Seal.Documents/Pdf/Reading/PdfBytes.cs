namespace Seal.Documents.Pdf;

/// <summary>Bytes at positions: the file itself, or a decompressed object stream.</summary>
internal abstract class PdfBytes
{
    public abstract long Length { get; }

    /// <summary>The byte at a position, or -1 outside.</summary>
    public abstract int At(long position);

    /// <summary>Reads as much as there is, up to the destination's length.</summary>
    public abstract int Read(long position, Span<byte> destination);

    public bool Matches(long position, ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (At(position + i) != text[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The last position before <paramref name="before"/> at which the text begins, or -1.</summary>
    public long LastIndexOf(ReadOnlySpan<byte> text, long before)
    {
        Span<byte> window = stackalloc byte[8192];
        var end = Math.Min(before, Length);
        while (end > 0)
        {
            var start = Math.Max(0, end - window.Length);
            var got = Read(start, window[..(int)(end - start)]);
            var at = window[..got].LastIndexOf(text);
            if (at >= 0)
            {
                return start + at;
            }

            if (start == 0)
            {
                break;
            }

            end = start + text.Length - 1; // a match may straddle the border
        }

        return -1;
    }
}

/// <summary>Bytes in memory.</summary>
internal sealed class MemoryBytes(ReadOnlyMemory<byte> bytes) : PdfBytes
{
    public override long Length => bytes.Length;

    public override int At(long position) => position >= 0 && position < bytes.Length ? bytes.Span[(int)position] : -1;

    public override int Read(long position, Span<byte> destination)
    {
        if (position < 0 || position >= bytes.Length)
        {
            return 0;
        }

        var count = (int)Math.Min(destination.Length, bytes.Length - position);
        bytes.Span.Slice((int)position, count).CopyTo(destination);
        return count;
    }
}

/// <summary>
/// Bytes of a seekable stream, read in blocks of which the most recent are kept, so that memory does not grow with
/// the file. Not safe for several threads.
/// </summary>
internal sealed class StreamBytes : PdfBytes
{
    private const int BlockSize = 16 * 1024;
    private const int BlocksKept = 256;

    private readonly Stream _stream;
    private readonly Dictionary<long, byte[]> _blocks = [];
    private readonly Queue<long> _order = new();
    private long _currentStart = -1;
    private byte[] _current = [];

    public StreamBytes(Stream stream)
    {
        _stream = stream;
        Length = stream.Length;
    }

    public override long Length { get; }

    public override int At(long position)
    {
        var offset = position - _currentStart;
        if (_currentStart >= 0 && (ulong)offset < (ulong)_current.Length)
        {
            return _current[offset];
        }

        if (position < 0 || position >= Length)
        {
            return -1;
        }

        Load(position / BlockSize);
        offset = position - _currentStart;
        return offset < _current.Length ? _current[offset] : -1;
    }

    public override int Read(long position, Span<byte> destination)
    {
        if (position < 0 || position >= Length)
        {
            return 0;
        }

        _stream.Position = position;
        return _stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
    }

    private void Load(long block)
    {
        if (!_blocks.TryGetValue(block, out var bytes))
        {
            var start = block * BlockSize;
            bytes = new byte[(int)Math.Min(BlockSize, Length - start)];
            var got = Read(start, bytes);
            if (got < bytes.Length)
            {
                throw new PdfFormatException(PdfProblem.Truncated, "the stream ended before its own length");
            }

            if (_order.Count == BlocksKept)
            {
                _blocks.Remove(_order.Dequeue());
            }

            _blocks.Add(block, bytes);
            _order.Enqueue(block);
        }

        _currentStart = block * BlockSize;
        _current = bytes;
    }
}
