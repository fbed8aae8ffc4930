namespace Seal.Documents.Ofd;

/// <summary>The file, read at any place. Not for several threads at once.</summary>
internal sealed class ZipBytes(Stream file)
{
    public long Length { get; } = file.Length;

    /// <summary>Exactly these bytes.</summary>
    /// <exception cref="OfdFormatException">They are not all there.</exception>
    public byte[] Read(long offset, int count)
    {
        if (offset < 0 || count < 0 || offset > Length - count)
        {
            throw OfdFormatException.Damaged($"{count} bytes at {offset} lie outside the file");
        }

        var buffer = new byte[count];
        file.Position = offset;
        var read = file.ReadAtLeast(buffer, count, throwOnEndOfStream: false);
        return read == count ? buffer : throw new OfdFormatException(OfdProblem.Truncated, "the file ended while it was read");
    }

    /// <summary>A part of the file as a stream of its own; reading it moves the file's position.</summary>
    public Stream Part(long offset, long count) => offset >= 0 && count >= 0 && offset <= Length - count
        ? new Window(file, offset, count)
        : throw OfdFormatException.Damaged($"{count} bytes at {offset} lie outside the file");

    private sealed class Window(Stream file, long offset, long count) : Stream
    {
        private long _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => count;

        public override long Position { get => _at; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var wanted = (int)Math.Min(buffer.Length, count - _at);
            if (wanted == 0)
            {
                return 0;
            }

            file.Position = offset + _at;
            var read = file.Read(buffer[..wanted]);
            _at += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
