using Seal.Cryptography.Algorithms;

namespace Seal.Documents.Pdf;

/// <summary>
/// A sealed document that lacks only its signature: what is to be signed can be hashed, signed elsewhere (on a device,
/// by a remote service), and put in. The source stream must stay open and unchanged until then.
/// </summary>
public sealed class PreparedSeal
{
    private const int CopyBuffer = 128 * 1024;

    private readonly Stream _source;
    private readonly byte[] _update;
    private readonly int _holeStart;
    private readonly int _holeLength;

    internal PreparedSeal(Stream source, byte[] update, SignatureDictionary dictionary, string fieldName, IReadOnlyList<long> byteRange)
    {
        _source = source;
        _update = update;
        _holeStart = (int)dictionary.ContentsStart;
        _holeLength = (int)dictionary.ContentsLength;
        FieldName = fieldName;
        ByteRange = byteRange;
    }

    /// <summary>The name of the signature field that was added.</summary>
    public string FieldName { get; }

    /// <summary>The four numbers of <c>/ByteRange</c>: what is signed is everything but <c>/Contents</c>.</summary>
    public IReadOnlyList<long> ByteRange { get; }

    /// <summary>Longest signature, in bytes of DER, that fits.</summary>
    public int Capacity => (_holeLength - 2) / 2;

    /// <summary>Hashes what is to be signed, in memory that does not grow with the document.</summary>
    public async Task<byte[]> DigestAsync(DigestAlgorithm algorithm, CancellationToken cancellation)
    {
        using IncrementalDigest digest = new(algorithm);
        _source.Position = 0;
        await digest.AppendAsync(_source, _source.Length, cancellation);
        digest.Append(_update.AsSpan(0, _holeStart));
        digest.Append(_update.AsSpan(_holeStart + _holeLength));
        return digest.Finish();
    }

    /// <summary>Writes the sealed document: the source bit for bit, then the update with the signature in it.</summary>
    /// <param name="signature">The signature container, DER; padded with zeros to the room reserved.</param>
    /// <param name="destination">Written from its current position on.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <exception cref="PdfFormatException"><see cref="PdfProblem.SignatureTooLong"/>.</exception>
    public async Task CompleteAsync(ReadOnlyMemory<byte> signature, Stream destination, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (signature.Length > Capacity)
        {
            throw new PdfFormatException(PdfProblem.SignatureTooLong, $"a signature of {signature.Length} bytes in room for {Capacity}");
        }

        var digits = new byte[2 * signature.Length];
        Convert.TryToHexStringLower(signature.Span, digits, out _);
        byte[] update = [.. _update];
        digits.CopyTo(update, _holeStart + 1);
        _source.Position = 0;
        await _source.CopyToAsync(destination, CopyBuffer, cancellation);
        await destination.WriteAsync(update, cancellation);
    }
}
