using System.Formats.Asn1;

namespace Seal.Documents.Ses;

/// <summary>
/// Reads SESeal. The layout shows in the number of parts: two in GM/T 0031-2014, four or five in GB/T 38540-2020 and after.
/// </summary>
internal static class SesSealParser
{
    public static SesSealData Read(AsnReader reader, SesReadOptions options)
    {
        var raw = reader.PeekEncodedValue();
        var seal = reader.ReadSequence();
        var parts = SesReader.Count(seal);
        var layout = parts switch
        {
            2 => SesLayout.Gmt0031,
            4 or 5 => SesLayout.Gbt38540,
            _ => throw new SesFormatException($"SESeal has {parts} parts; 2, 4 or 5 are known."),
        };
        var sealInfo = seal.PeekEncodedValue();
        var info = ReadInfo(seal.ReadSequence(), layout, options);
        CheckVersion(info.Version, layout, parts, options);
        var signedBytes = sealInfo;
        var maker = layout == SesLayout.Gmt0031 ? ReadSignInfo(seal, ref signedBytes) : ReadMakerPart(seal);
        seal.ThrowIfNotEmpty();
        return new SesSealData(raw, sealInfo, signedBytes, layout, info, maker);
    }

    private static void CheckVersion(int version, SesLayout layout, int parts, SesReadOptions options)
    {
        if (layout == SesLayout.Gmt0031)
        {
            // 1 in files, 11 as the example of the standard, 2 and 3 in implementations.
            if (version is 4 or 5 or < 1)
            {
                throw new SesFormatException($"header.version is {version}, but the layout is that of version 1.");
            }

            return;
        }

        if (version is not (4 or 5))
        {
            throw new SesFormatException($"header.version is {version}, but the layout is that of version 4.");
        }

        if (version == 5 && !options.AcceptVersion5)
        {
            throw new SesFormatException("header.version 5 is switched off.");
        }

        if (version == 4 && parts == 5)
        {
            throw new SesFormatException("timeStamp stands in a seal of version 4.");
        }
    }

    private static SesSealInfo ReadInfo(AsnReader info, SesLayout layout, SesReadOptions options)
    {
        var header = info.ReadSequence();
        if (SesReader.ReadText(header, UniversalTagNumber.IA5String) != "ES")
        {
            throw new SesFormatException("header.ID is not \"ES\".");
        }

        var version = SesReader.ReadInt32(header, "header.version");
        var vid = SesReader.ReadText(header, UniversalTagNumber.IA5String);
        header.ThrowIfNotEmpty();
        var sealId = SesReader.ReadText(info, UniversalTagNumber.IA5String);
        var property = ReadProperty(info.ReadSequence(), layout, options);
        var picture = ReadPicture(info.ReadSequence());
        var extensions = SesReader.ReadExtensions(info, options);
        info.ThrowIfNotEmpty();
        return new SesSealInfo(version, vid, sealId, property, picture, extensions);
    }

    private static SesProperty ReadProperty(AsnReader property, SesLayout layout, SesReadOptions options)
    {
        var type = SesReader.ReadInt32(property, "property.type");
        var name = SesReader.ReadText(property, UniversalTagNumber.UTF8String);
        var listType = layout == SesLayout.Gmt0031 ? 1 : SesReader.ReadInt32(property, "property.certListType");
        var list = property.ReadSequence();
        IReadOnlyList<ReadOnlyMemory<byte>> certificates = [];
        IReadOnlyList<SesCertificateDigest> digests = [];
        if (listType == 1)
        {
            certificates = SesReader.ReadList(list, options, "property.certList", ReadCertificate);
        }
        else if (listType == 2)
        {
            digests = SesReader.ReadList(list, options, "property.certList", ReadDigest);
        }
        else
        {
            throw new SesFormatException($"property.certListType is {listType}; 1 and 2 are known.");
        }

        var (created, from, until) = (SesReader.ReadTime(property), SesReader.ReadTime(property), SesReader.ReadTime(property));
        property.ThrowIfNotEmpty();
        return new SesProperty(type, name, (SesCertListType)listType, certificates, digests, created, from, until);
    }

    /// <summary>An OCTET STRING with the certificate, or (0031 leaves "cert" undefined) the certificate itself.</summary>
    private static ReadOnlyMemory<byte> ReadCertificate(AsnReader list)
    {
        var tag = list.PeekTag();
        if (tag.HasSameClassAndValue(Asn1Tag.PrimitiveOctetString))
        {
            return SesReader.ReadOctets(list);
        }

        return tag.HasSameClassAndValue(Asn1Tag.Sequence)
            ? list.ReadEncodedValue()
            : throw new SesFormatException($"property.certList has an entry with tag {tag}, which is no certificate.");
    }

    private static SesCertificateDigest ReadDigest(AsnReader list)
    {
        var entry = list.ReadSequence();
        var digest = new SesCertificateDigest(SesReader.ReadText(entry, UniversalTagNumber.PrintableString), SesReader.ReadOctets(entry));
        entry.ThrowIfNotEmpty();
        return digest;
    }

    private static SesPicture ReadPicture(AsnReader picture)
    {
        var type = SesReader.ReadText(picture, UniversalTagNumber.IA5String);
        var data = SesReader.ReadOctets(picture);
        var (width, height) = (SesReader.ReadInt32(picture, "picture.width"), SesReader.ReadInt32(picture, "picture.height"));
        picture.ThrowIfNotEmpty();
        if (width < 1 || height < 1)
        {
            throw new SesFormatException($"The picture is {width} × {height} mm.");
        }

        return new SesPicture(type, data, width, height);
    }

    /// <summary>SES_SignInfo of 0031; what is signed there is a SEQUENCE that stands nowhere in the file, put together from slices that do.</summary>
    private static SesMakerPart ReadSignInfo(AsnReader seal, ref ReadOnlyMemory<byte> signedBytes)
    {
        var signInfo = seal.ReadSequence();
        var sealInfo = signedBytes;
        var certificateBytes = signInfo.PeekEncodedValue();
        var certificate = SesReader.ReadOctets(signInfo);
        var algorithmBytes = signInfo.PeekEncodedValue();
        var algorithm = signInfo.ReadObjectIdentifier();
        signedBytes = SesWriter.Encode(writer =>
        {
            using var sequence = writer.PushSequence();
            writer.WriteEncodedValue(sealInfo.Span);
            writer.WriteEncodedValue(certificateBytes.Span);
            writer.WriteEncodedValue(algorithmBytes.Span);
        });
        var signature = SesReader.ReadBits(signInfo, "signData");
        signInfo.ThrowIfNotEmpty();
        return new SesMakerPart(certificate, algorithm, signature, TimeStamp: null);
    }

    private static SesMakerPart ReadMakerPart(AsnReader seal)
    {
        var (certificate, algorithm) = (SesReader.ReadOctets(seal), seal.ReadObjectIdentifier());
        var signature = SesReader.ReadBits(seal, "signedValue");
        return new SesMakerPart(certificate, algorithm, signature, ReadTimeStamp(seal));
    }

    /// <summary>timeStamp [0] EXPLICIT BIT STRING OPTIONAL.</summary>
    internal static ReadOnlyMemory<byte>? ReadTimeStamp(AsnReader reader)
    {
        if (!reader.HasData)
        {
            return null;
        }

        var tagged = reader.ReadSequence(SesReader.Context0);
        var token = SesReader.ReadBits(tagged, "timeStamp");
        tagged.ThrowIfNotEmpty();
        return token;
    }
}
