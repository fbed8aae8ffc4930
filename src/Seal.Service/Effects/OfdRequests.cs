using Seal.Cryptography.Certificates;
using Seal.Documents.Ofd;
using Seal.Documents.Pdf;
using Seal.Domain.Signings;

namespace Seal.Service.Effects;

/// <summary>What is asked of the sealer of OFD documents: the same shape as for PDF, as far as an OFD has it.</summary>
internal static class OfdRequests
{
    /// <summary>The request, lacking seal data and receipt.</summary>
    /// <param name="impression">The impression.</param>
    /// <param name="places">Where it is to stand.</param>
    /// <param name="certify">1 protects the list of signatures: nobody signs after this one.</param>
    /// <param name="certificate">The signer's.</param>
    /// <param name="now">When it is signed.</param>
    /// <exception cref="PdfFormatException"><see cref="PdfProblem.PlacingIncomplete"/>.</exception>
    /// <exception cref="OfdFormatException"><see cref="OfdProblem.CertificationUnsupported"/>.</exception>
    public static OfdSealRequest Of(Impression impression, AskedPlaces places, int? certify, Certificate certificate, DateTimeOffset now) => new()
    {
        Certificate = certificate,
        SigningTime = now,
        Rules = IsUnseen(places) ? [] : Places.Of(places.Page, places.XMm, places.YMm, places.Further),
        WidthMm = impression.WidthMm,
        HeightMm = impression.HeightMm,
        IsLast = certify switch
        {
            null or 0 => false,
            1 => true,
            _ => throw new OfdFormatException(OfdProblem.CertificationUnsupported, $"certify {certify}"),
        },
    };

    /// <summary>Whether the document is to be signed with no impression showing (<c>Type="Sign"</c>).</summary>
    /// <exception cref="PdfFormatException"><see cref="PdfProblem.PlacingIncomplete"/>: that, and a place as well.</exception>
    public static bool IsUnseen(AskedPlaces places)
    {
        var isUnseen = (places.Further ?? []).Any(placing => placing is { Kind: PlacingKind.Unseen });
        return isUnseen && (places.Page != 0 || places.Further!.Count > 1)
            ? throw new PdfFormatException(PdfProblem.PlacingIncomplete, "what is not seen has no place")
            : isUnseen;
    }
}

/// <summary>Where an impression is to stand, as it was asked for.</summary>
/// <param name="Page">The page, from 1; 0 when only the further places count.</param>
/// <param name="XMm">The impression's left edge from the page's left edge, in millimetres.</param>
/// <param name="YMm">The impression's upper edge from the page's upper edge, in millimetres.</param>
/// <param name="Further">Further places.</param>
internal sealed record AskedPlaces(int Page, decimal XMm, decimal YMm, IReadOnlyList<Placing>? Further);
