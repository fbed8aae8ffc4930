using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Timestamps;

namespace Seal.Documents.Pdf;

/// <summary>Document time stamps (EN 319 142-1 §5.4.3): a token over everything in the file, in a signature field that shows nothing.</summary>
internal static class DocumentTimestamp
{
    /// <summary>Makes the update that adds one.</summary>
    public static async Task<(byte[] Update, TimestampToken Token)> MakeAsync(
        PdfFile file, Stream stream, ITimestampSource source, PdfLimits limits, CancellationToken cancellation)
    {
        var prepared = Prepare(file, stream, source.MaximumTokenSize, limits);
        var digest = await prepared.DigestAsync(DigestAlgorithm.Sha256, cancellation);
        var token = await source.StampAsync(DigestAlgorithm.Sha256, digest, cancellation);
        return (prepared.Fill(token.RawData), token);
    }

    private static PreparedSeal Prepare(PdfFile file, Stream stream, int capacity, PdfLimits limits)
    {
        file.RequireReadableTail();
        IncrementalUpdate update = new(file);
        var signature = update.Reserve();
        update.Replace(signature, PdfNull.Value);
        var name = new SealFieldWriter(file.Newest, update).AddUnseen(signature);
        SignatureDictionary dictionary = new(SignatureDictionary.Named("DocTimeStamp", SignatureNames.Timestamp), capacity);
        var bytes = update.Write(dictionary, signature);
        return new PreparedSeal(stream, bytes, dictionary, name, limits);
    }
}
