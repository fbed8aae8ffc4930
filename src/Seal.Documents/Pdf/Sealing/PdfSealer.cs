using Seal.Cryptography.Cms;
using Seal.Cryptography.Keys;

namespace Seal.Documents.Pdf;

/// <summary>
/// Seals PDF documents by incremental update: the bytes there are stay as they are, so earlier signatures stay valid.
/// </summary>
public static class PdfSealer
{
    /// <summary>Reads what it needs of the document, places the seal, and leaves room for the signature.</summary>
    /// <param name="source">The document: readable, seekable, read from position 0; kept until the seal is completed.</param>
    /// <param name="request">Where and how.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="PdfFormatException">The document or the place is refused, with a code of <see cref="PdfProblem"/>.</exception>
    public static PreparedSeal Prepare(Stream source, SealRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var file = PdfFile.Open(source, request.Limits, cancellation);
        file.RequireReadableTail();
        var view = file.Newest;
        if (PdfCertification.Level(view) == CertificationLevel.NoChanges)
        {
            throw new PdfFormatException(PdfProblem.CertifiedNoChanges, "the document is certified with DocMDP level 1");
        }

        var page = PdfPages.Find(view, request.PageNumber);
        var placement = SealPlacement.Of(page, request);
        IncrementalUpdate update = new(file);
        var signature = update.Reserve();
        update.Replace(signature, PdfNull.Value);
        var fieldName = new SealFieldWriter(view, update).Add(page, placement, request.AppearanceContent, signature);
        SignatureDictionary dictionary = new(request);
        var bytes = update.Write((writer, number) => WriteSignature(dictionary, writer, number == signature.Number));
        var range = dictionary.PatchRange(bytes, file.Length);
        return new PreparedSeal(source, bytes, dictionary, fieldName, range);
    }

    /// <summary>
    /// Seals in one go: PAdES baseline B-B (EN 319 142-1), with the digest that belongs to the signer's algorithm.
    /// </summary>
    /// <param name="source">The document: readable, seekable, read from position 0.</param>
    /// <param name="destination">Gets the sealed document, from its current position on; not the source.</param>
    /// <param name="request">Where and how.</param>
    /// <param name="signing">With what.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What was sealed; its byte range and field name.</returns>
    /// <exception cref="PdfFormatException">The document or the place is refused, with a code of <see cref="PdfProblem"/>.</exception>
    public static async Task<PreparedSeal> SealAsync(
        Stream source, Stream destination, SealRequest request, SealSigning signing, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(signing);
        var prepared = await Task.Run(() => Prepare(source, request, cancellation), cancellation);
        var digest = await prepared.DigestAsync(signing.Signer.Algorithm.Digest(), cancellation);
        CmsRequest container = new()
        {
            MessageDigest = digest,
            Algorithm = signing.Signer.Algorithm,
            SignerCertificate = signing.Certificate,
            Chain = signing.Chain,
            ExtraSignedAttributes = signing.ExtraSignedAttributes,
            Pades = true,
        };
        await prepared.CompleteAsync(CmsSignedData.Create(container, signing.Signer), destination, cancellation);
        return prepared;
    }

    private static bool WriteSignature(SignatureDictionary dictionary, PdfSyntaxWriter writer, bool isSignature)
    {
        if (isSignature)
        {
            dictionary.Write(writer);
        }

        return isSignature;
    }
}
