using PdfSharp.Fonts;

namespace Seal.Documents.Tests.Samples;

/// <summary>Gives PDFsharp the one typeface of the samples: AR PL SungtiL GB, of Debian's fonts-arphic-gbsn00lp.</summary>
public sealed class SungTypeface : IFontResolver
{
    public const string Family = "AR PL SungtiL GB";

    private const string File = "/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf";

    public FontResolverInfo? ResolveTypeface(string familyName, bool bold, bool italic) =>
        familyName == Family ? new FontResolverInfo(Family, bold, italic) : null;

    public byte[]? GetFont(string faceName) => faceName == Family ? System.IO.File.ReadAllBytes(File) : null;
}
