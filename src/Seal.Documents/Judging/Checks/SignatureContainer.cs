using Seal.Cryptography;
using Seal.Cryptography.Cms;
using Seal.Cryptography.Timestamps;
using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>What stands in <c>/Contents</c>, recognised by itself and not by what the dictionary calls it.</summary>
/// <param name="Structure">The structure check's row.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Encoded">The container without the zeros that pad it.</param>
/// <param name="Content">The container taken apart; null when there is nothing further to check.</param>
/// <param name="Timestamp">The timestamp in it, if it is a document timestamp.</param>
internal sealed record SignatureContainer(
    Check Structure, SignatureKind Kind, ReadOnlyMemory<byte> Encoded, CmsContent? Content, TimestampToken? Timestamp)
{
    public CmsSignerInfo? Signer => Content?.Signers[0];

    public static SignatureContainer Read(PdfSignature signature)
    {
        var subFilter = signature.SubFilter ?? "";
        if (signature.Dictionary.HasDuplicateKeys)
        {
            return Broken("dictionary-ambiguous", SignatureKind.Unknown);
        }

        if (signature.Contents is not { Value: [_, ..] contents } || contents.All(value => value == 0))
        {
            return Broken("container-missing", SignatureKind.Unknown);
        }

        if (LooksLikeSes(contents))
        {
            var recognised = Check.Unknown(CheckName.Structure, "container-not-judged", ("subFilter", subFilter));
            return new SignatureContainer(recognised, SignatureKind.SesSignature, contents, null, null);
        }

        CmsContent content;
        try
        {
            content = CmsSignedData.Parse(contents);
        }
        catch (DerFormatException error)
        {
            return Broken(contents[0] == 0x30 ? "container-broken" : "container-unknown", SignatureKind.Unknown, ("error", error.Message));
        }

        var kind = content.EncapsulatedContentType == TimestampToken.ContentTypeOid ? SignatureKind.DocumentTimestamp
            : content.Format == CmsFormat.Gm ? SignatureKind.GmSignedData
            : SignatureKind.Cms;
        if (content.Signers.Count != 1)
        {
            return Broken("container-signers", kind);
        }

        if (contents.AsSpan(content.EncodedLength).ContainsAnyExcept((byte)0))
        {
            return Broken("container-padding", kind);
        }

        TimestampToken? timestamp;
        try
        {
            timestamp = kind == SignatureKind.DocumentTimestamp ? TimestampToken.Parse(contents) : null;
        }
        catch (DerFormatException error)
        {
            return Broken("container-broken", kind, ("error", error.Message));
        }

        var whole = Check.Passed(CheckName.Structure, "container-ok", ("subFilter", subFilter), ("bytes", $"{content.EncodedLength}"));
        return new SignatureContainer(whole, kind, contents.AsMemory(0, content.EncodedLength), content, timestamp);
    }

    private static SignatureContainer Broken(string code, SignatureKind kind, params (string, string)[] evidence) =>
        new(Check.Failed(CheckName.Structure, code, evidence), kind, ReadOnlyMemory<byte>.Empty, null, null);

    /// <summary>Both SES versions begin with nested sequences and, in the seal's header, the IA5String "ES".</summary>
    private static bool LooksLikeSes(ReadOnlySpan<byte> contents) =>
        contents[0] == 0x30 && contents[..Math.Min(contents.Length, 48)].IndexOf("\u0016\u0002ES"u8) > 0;
}
