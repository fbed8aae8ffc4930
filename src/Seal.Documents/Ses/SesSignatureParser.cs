using System.Formats.Asn1;

namespace Seal.Documents.Ses;

/// <summary>Reads SES_Signature: two parts in GM/T 0031-2014, four or five in GB/T 38540-2020 and after.</summary>
internal static class SesSignatureParser
{
    public static SesSignature Read(AsnReader reader, SesReadOptions options)
    {
        var raw = reader.PeekEncodedValue();
        var outer = reader.ReadSequence();
        var parts = SesReader.Count(outer);
        if (parts is not (2 or 4 or 5))
        {
            throw new SesFormatException($"SES_Signature has {parts} parts; 2, 4 or 5 are known.");
        }

        var tbsBytes = outer.PeekEncodedValue();
        var tbs = outer.ReadSequence();
        var signature = parts == 2 ? ReadVersion1(raw, tbsBytes, tbs, outer, options) : ReadVersion4(raw, tbsBytes, tbs, outer, options);
        tbs.ThrowIfNotEmpty();
        outer.ThrowIfNotEmpty();
        return signature;
    }

    private static SesSignature ReadVersion1(
        ReadOnlyMemory<byte> raw, ReadOnlyMemory<byte> tbsBytes, AsnReader tbs, AsnReader outer, SesReadOptions options)
    {
        var (version, seal) = ReadStart(tbs, SesLayout.Gmt0031, options);
        var time = SesTimeInfo.ReadBits(tbs);
        var (hash, property) = ReadEnd(tbs);
        var (certificate, algorithm) = (SesReader.ReadOctets(tbs), tbs.ReadObjectIdentifier());
        var signer = new SesMakerPart(certificate, algorithm, SesReader.ReadBits(outer, "signature"), TimeStamp: null);
        return new SesSignature(raw, tbsBytes, new SesTbsSign(version, seal, time, hash, property, []), signer);
    }

    private static SesSignature ReadVersion4(
        ReadOnlyMemory<byte> raw, ReadOnlyMemory<byte> tbsBytes, AsnReader tbs, AsnReader outer, SesReadOptions options)
    {
        var (version, seal) = ReadStart(tbs, SesLayout.Gbt38540, options);
        if (version != seal.Version)
        {
            throw new SesFormatException($"TBS_Sign.version is {version}, that of the seal {seal.Version}.");
        }

        var time = SesTimeInfo.ReadTime(tbs);
        var (hash, property) = ReadEnd(tbs);
        var extensions = SesReader.ReadExtensions(tbs, options);
        var (certificate, algorithm) = (SesReader.ReadOctets(outer), outer.ReadObjectIdentifier());
        var value = SesReader.ReadBits(outer, "signature");
        var signer = new SesMakerPart(certificate, algorithm, value, SesSealParser.ReadTimeStamp(outer));
        return new SesSignature(raw, tbsBytes, new SesTbsSign(version, seal, time, hash, property, extensions), signer);
    }

    private static (int Version, SesSealData SealData) ReadStart(AsnReader tbs, SesLayout layout, SesReadOptions options)
    {
        var version = SesReader.ReadInt32(tbs, "TBS_Sign.version");
        var seal = SesSealParser.Read(tbs, options);
        return seal.Layout == layout
            ? (version, seal)
            : throw new SesFormatException("Signature and seal have layouts of different standards.");
    }

    private static (ReadOnlyMemory<byte> Hash, string Property) ReadEnd(AsnReader tbs) =>
        (SesReader.ReadBits(tbs, "dataHash"), SesReader.ReadText(tbs, UniversalTagNumber.IA5String));
}
