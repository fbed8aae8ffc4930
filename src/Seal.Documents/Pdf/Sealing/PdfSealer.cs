namespace Seal.Documents.Pdf;

/// <summary>
/// Seals PDF documents by incremental update: the bytes there are stay as they are, so earlier signatures stay valid.
/// </summary>
public static class PdfSealer
{
    /// <summary>Reads what it needs of the document, places the seal, and leaves room for a container of which nothing is known.</summary>
    /// <param name="source">The document: readable, seekable, read from position 0; kept until the seal is completed.</param>
    /// <param name="request">Where and how.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="PdfFormatException">The document or the place is refused, with a code of <see cref="PdfProblem"/>.</exception>
    public static PreparedSeal Prepare(Stream source, SealRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Prepare(source, request, request.SignatureCapacity ?? SealRequest.DefaultCapacity, request.Names ?? SignatureNames.Pades, cancellation);
    }

    /// <summary>Reads what it needs of the document, places the seal, and leaves exactly the room that the container can need.</summary>
    /// <param name="source">The document: readable, seekable, read from position 0; kept until the seal is completed.</param>
    /// <param name="request">Where and how.</param>
    /// <param name="container">What will be put in.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="PdfFormatException">The document or the place is refused, with a code of <see cref="PdfProblem"/>.</exception>
    public static PreparedSeal Prepare(Stream source, SealRequest request, SealContainer container, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(container);
        return Prepare(source, request, request.SignatureCapacity ?? container.Capacity(), request.Names ?? SignatureNames.Of(container.Format), cancellation);
    }

    /// <summary>Where the words of a request stand on a document.</summary>
    /// <param name="source">The document: readable, seekable, read from position 0.</param>
    /// <param name="request">Where and how.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The places of the request, each text replaced by the points that it was found at.</returns>
    /// <exception cref="PdfFormatException">The document or a text is refused, with a code of <see cref="PdfProblem"/>.</exception>
    public static IReadOnlyList<SealPlace> Settle(Stream source, SealRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new PlaceResolver(PdfFile.Open(source, request.Limits, cancellation).Newest, request).Settle();
    }

    /// <summary>
    /// Seals in one go, at the level that <see cref="SealContainer.Strength"/> says, with the digest that belongs to the signer's
    /// algorithm.
    /// </summary>
    /// <param name="source">The document: readable, seekable, read from position 0.</param>
    /// <param name="destination">Gets the sealed document, from its current position on; not the source.</param>
    /// <param name="request">Where and how.</param>
    /// <param name="signing">With what.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What was sealed.</returns>
    /// <exception cref="PdfFormatException">The document or the place is refused, with a code of <see cref="PdfProblem"/>.</exception>
    /// <exception cref="Seal.Cryptography.Timestamps.TimestampException">There is no time stamp, and a lower level is not allowed.</exception>
    /// <exception cref="ValidationMaterialException">There is no revocation state, and a lower level is not allowed.</exception>
    public static async Task<SealOutcome> SealAsync(
        Stream source, Stream destination, SealRequest request, SealSigning signing, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(signing);
        if (!signing.Signer.SubjectPublicKeyInfo.Span.SequenceEqual(signing.Certificate.SubjectPublicKeyInfo.Span))
        {
            throw new ArgumentException("The certificate is not over the signer's key.", nameof(signing));
        }

        var prepared = await Task.Run(() => Prepare(source, request, signing, cancellation), cancellation);
        var digest = await prepared.DigestAsync(signing.Digest, cancellation);
        var container = signing.Prepare(digest, prepared.ByteRange, request.SigningTime);
        var signature = container.Complete(signing.Signer.Sign(container.ToBeSigned.Span));
        return await prepared.CompleteAsync(signature, signing.Strength, destination, cancellation);
    }

    private static PreparedSeal Prepare(Stream source, SealRequest request, int capacity, SignatureNames names, CancellationToken cancellation)
    {
        var file = PdfFile.Open(source, request.Limits, cancellation);
        file.RequireReadableTail();
        var view = file.Newest;
        if (PdfCertification.Level(view) == CertificationLevel.NoChanges || PdfFields.Walk(view).Any(field => PdfCertification.ClosesDocument(view, field.Dictionary)))
        {
            throw new PdfFormatException(PdfProblem.CertifiedNoChanges, "the document is certified with DocMDP level 1");
        }

        IncrementalUpdate update = new(file);
        var signature = update.Reserve();
        update.Replace(signature, PdfNull.Value);
        List<PdfObject> references = [];
        if (request.Certification != CertificationLevel.None)
        {
            references.Add(Certification(file, request.Certification));
        }

        SealFieldWriter fields = new(view, update);
        string fieldName;
        if (request.Places is [SealPlace.InField wanted])
        {
            var field = EmptyField.Find(view, wanted.Name);
            references.AddRange(field.Lock(view) is { } locked ? [locked] : []);
            fields.Fill(field, new SealAppearance(update, request), signature);
            fieldName = wanted.Name;
        }
        else
        {
            fieldName = fields.Add(new PlaceResolver(view, request).Resolve(), new SealAppearance(update, request), signature);
        }

        if (request.Certification != CertificationLevel.None)
        {
            fields.Form.SetInCatalog("Perms", (view.Dictionary(view.Catalog["Perms"]) ?? PdfDictionary.Empty).With("DocMDP", signature));
        }

        SignatureDictionary dictionary = new(SignatureDictionary.Describe(request, names, references), capacity);
        return new PreparedSeal(source, update.Write(dictionary, signature), dictionary, fieldName, request.Limits);
    }

    private static PdfDictionary Certification(PdfFile file, CertificationLevel level)
    {
        if (PdfCertification.Level(file.Newest) != CertificationLevel.None || PdfSignature.FindAll(file).Count > 0)
        {
            throw new PdfFormatException(PdfProblem.AlreadySigned, "the document is signed already, so it cannot be certified");
        }

        return EmptyField.Transform("DocMDP", PdfDictionary.Empty
            .With("Type", new PdfName("TransformParams"))
            .With("P", new PdfInteger((int)level))
            .With("V", new PdfName("1.2")));
    }
}
