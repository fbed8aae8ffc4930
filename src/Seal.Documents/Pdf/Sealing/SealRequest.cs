namespace Seal.Documents.Pdf;

/// <summary>Where and how a seal goes on a page. Lengths are millimetres on the page as displayed.</summary>
public sealed record SealRequest
{
    /// <summary>Where the seal goes; several places are still one signature.</summary>
    public required IReadOnlyList<SealPlace> Places { get; init; }

    /// <summary>Width of the seal in mm.</summary>
    public required double WidthMm { get; init; }

    /// <summary>Height of the seal in mm.</summary>
    public required double HeightMm { get; init; }

    /// <summary>
    /// The picture as the content of a form XObject: operators of paths and colour only, drawn in a box from (0, 0) to
    /// the seal's width and height in points (1 mm = 72/25.4 pt), y upward.
    /// </summary>
    public required ReadOnlyMemory<byte> AppearanceContent { get; init; }

    /// <summary>What may still be done to the document: a certification, which only the first signature can be. None: an approval.</summary>
    public CertificationLevel Certification { get; init; }

    /// <summary>When the seal is affixed; written as <c>/M</c>. A claim, as long as no timestamp proves it.</summary>
    public required DateTimeOffset SigningTime { get; init; }

    /// <summary>Why the document is sealed (<c>/Reason</c>).</summary>
    public string? Reason { get; init; }

    /// <summary>Where it is sealed (<c>/Location</c>).</summary>
    public string? Location { get; init; }

    /// <summary>Who seals (<c>/Name</c>); readers show the certificate's subject beside it.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Room for the signature in bytes of DER; twice as many hexadecimal digits are reserved. Null: what the container needs
    /// where that is known, else <see cref="DefaultCapacity"/>.
    /// </summary>
    public int? SignatureCapacity { get; init; }

    /// <summary>The room left for a container of which nothing is known, in bytes.</summary>
    public const int DefaultCapacity = 16 * 1024;

    /// <summary>The values of <c>/Filter</c> and <c>/SubFilter</c>; null: those that the container's format has.</summary>
    public SignatureNames? Names { get; init; }

    /// <summary>What the file may cost to read.</summary>
    public PdfLimits Limits { get; init; } = PdfLimits.Default;
}
