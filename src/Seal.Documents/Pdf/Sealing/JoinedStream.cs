namespace Seal.Documents.Pdf;

/// <summary>A stream with something behind it, read as one: what a file will be once its updates are written. Owns neither.</summary>
internal sealed class JoinedStream(Stream source, ReadOnlyMemory<byte> tail) : Stream
{
    private readonly long _sourceLength = source.Length;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _sourceLength + tail.Length;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position < _sourceLength)
        {
            source.Position = _position;
            var got = source.Read(buffer[..(int)Math.Min(buffer.Length, _sourceLength - _position)]);
            _position += got;
            return got;
        }

        return ReadTail(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position < _sourceLength)
        {
            source.Position = _position;
            var got = await source.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _sourceLength - _position)], cancellationToken);
            _position += got;
            return got;
        }

        return ReadTail(buffer.Span);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int ReadTail(Span<byte> buffer)
    {
        var at = _position - _sourceLength;
        if (at >= tail.Length)
        {
            return 0;
        }

        var part = tail.Span[(int)at..];
        var count = Math.Min(buffer.Length, part.Length);
        part[..count].CopyTo(buffer);
        _position += count;
        return count;
    }
}
