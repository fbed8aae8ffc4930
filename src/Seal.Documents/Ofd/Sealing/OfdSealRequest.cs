using Seal.Cryptography.Certificates;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Ses;

namespace Seal.Documents.Ofd;

/// <summary>Where a seal stands on a page. Lengths are mm from the top left corner of the page.</summary>
/// <param name="PageNumber">The page, counted from 1.</param>
/// <param name="XMm">Left edge of the whole seal.</param>
/// <param name="YMm">Top edge of the whole seal.</param>
/// <param name="WidthMm">Width of the whole seal.</param>
/// <param name="HeightMm">Height of the whole seal.</param>
/// <param name="Slice">The part that is shown, within the seal; null for all of it.</param>
public sealed record OfdPlacement(int PageNumber, double XMm, double YMm, double WidthMm, double HeightMm, OfdBox? Slice = null);

/// <summary>A seal that rides over the right edges of pages (骑缝章): each page shows its slice, and fanned out they make the seal.</summary>
/// <param name="FirstPage">The first page, counted from 1.</param>
/// <param name="LastPage">The last page; at least one more than the first.</param>
/// <param name="YMm">Top edge of the seal, in mm.</param>
/// <param name="WidthMm">Width of the whole seal, in mm.</param>
/// <param name="HeightMm">Height of the whole seal, in mm.</param>
public sealed record OfdRiding(int FirstPage, int LastPage, double YMm, double WidthMm, double HeightMm);

/// <summary>With what, where and how an OFD is signed.</summary>
public sealed record OfdSealRequest
{
    /// <summary>The signer's certificate, over an SM2 key.</summary>
    public required Certificate Certificate { get; init; }

    /// <summary>The seal, of version 4; null signs without one (<c>Type="Sign"</c>, GB/T 35275), and then there are no places.</summary>
    public SesSealData? Seal { get; init; }

    /// <summary>When it is signed; a claim, as long as no timestamp proves it.</summary>
    public required DateTimeOffset SigningTime { get; init; }

    /// <summary>Where the seal stands.</summary>
    public IReadOnlyList<OfdPlacement> Places { get; init; } = [];

    /// <summary>Further places by rule, as PDF documents have them, but for signature fields; of <see cref="WidthMm"/> and <see cref="HeightMm"/>.</summary>
    public IReadOnlyList<SealPlace> Rules { get; init; } = [];

    /// <summary>Width of the seal at places by rule, in mm.</summary>
    public double WidthMm { get; init; }

    /// <summary>Height of the seal at places by rule, in mm.</summary>
    public double HeightMm { get; init; }

    /// <summary>Where the seal rides over the edges of pages; null when it does not.</summary>
    public OfdRiding? Riding { get; init; }

    /// <summary>Protects the list of signatures, too: nobody can sign after this one.</summary>
    public bool IsLast { get; init; }

    /// <summary>Where the sealing is recorded; goes into what is signed. Null when it is not.</summary>
    public SealReceipt? Receipt { get; init; }

    /// <summary>Certificates above the signer's that go into a signature without seal; best without the root.</summary>
    public IReadOnlyList<Certificate> Chain { get; init; } = [];

    /// <summary>What the file may cost to read.</summary>
    public OfdLimits Limits { get; init; } = OfdLimits.Default;
}
