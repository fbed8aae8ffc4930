using System.Globalization;
using Seal.Documents.Ofd;

namespace Seal.Documents.Judging;

/// <summary>When the signer says that an OFD was signed.</summary>
internal static class OfdClaim
{
    // Seen in files: with and without separators, in UTC only where it says so, else in the signer's time, taken for China's.
    private static readonly string[] Forms = ["yyyyMMddHHmmss.FFFFFFF'Z'", "yyyyMMddHHmmss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ssK"];
    private static readonly string[] LocalForms = ["yyyyMMddHHmmss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss"];
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>UTC; what is signed goes before the free text in Signature.xml. Null when nothing says when.</summary>
    public static DateTimeOffset? Of(OfdSignature signature, OfdContainer container) =>
        (container.Ses is { } ses ? ses.SignedAt : container.Cms?.Signers[0].SigningTime ?? Parse(signature.ClaimedTime))?.ToUniversalTime();

    private static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact) ? exact
        : DateTime.TryParseExact(text, LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year > 1 ? new DateTimeOffset(local, China)
        : null;
}
