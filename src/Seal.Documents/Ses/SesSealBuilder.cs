using System.Formats.Asn1;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;

namespace Seal.Documents.Ses;

/// <summary>Writes SESeal of GB/T 38540-2020 (version 4).</summary>
internal static class SesSealBuilder
{
    public const int WrittenVersion = 4;

    public static SesSealData Build(SesSealRequest request, Certificate maker, ISigner signer)
    {
        Check(request);
        CheckSigner(maker, signer);
        var sealInfo = SesWriter.Encode(writer => WriteSealInfo(writer, request));
        var signature = signer.Sign(sealInfo);
        // A faulty device must be noticed before its seal is given to anyone.
        if (!Signatures.Verify(SignatureAlgorithm.Sm2Sm3, maker.SubjectPublicKeyInfo, sealInfo, signature))
        {
            throw new InvalidOperationException($"The key of {maker} made a signature that does not verify.");
        }

        return SesSealData.Parse(SesWriter.Encode(writer =>
        {
            using var seal = writer.PushSequence();
            writer.WriteEncodedValue(sealInfo);
            writer.WriteOctetString(maker.RawData.Span);
            writer.WriteObjectIdentifier(SignatureAlgorithm.Sm2Sm3.Oid());
            writer.WriteBitString(signature);
        }));
    }

    public static void CheckSigner(Certificate certificate, ISigner signer)
    {
        if (signer.Algorithm != SignatureAlgorithm.Sm2Sm3)
        {
            throw new SesFormatException("Seal data is signed with SM2 and SM3.");
        }

        if (!certificate.SubjectPublicKeyInfo.Span.SequenceEqual(signer.SubjectPublicKeyInfo.Span))
        {
            throw new SesFormatException($"The signing key is not that of {certificate}.");
        }
    }

    public static void CheckExtensions(IReadOnlyList<SesExtension> extensions)
    {
        if (extensions.Count > 64)
        {
            throw new SesFormatException("extDatas has more than 64 entries.");
        }
    }

    private static void Check(SesSealRequest request)
    {
        _ = SesWriter.Ia5("header.Vid", request.Vid, 64);
        _ = SesWriter.Ia5("esID", request.SealId, 64);
        _ = SesWriter.Ia5("picture.type", request.Picture.Type, 16);
        if (request.Type is < 1 or > 99)
        {
            throw new SesFormatException("property.type is 1 to 99.");
        }

        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > 200)
        {
            throw new SesFormatException("property.name is 1 to 200 characters.");
        }

        if (request.SignerCertificates.Count is < 1 or > 64)
        {
            throw new SesFormatException("property.certList has 1 to 64 entries.");
        }

        if (request.CertListType is not (SesCertListType.Certificates or SesCertListType.Digests))
        {
            throw new SesFormatException("property.certListType is 1 or 2.");
        }

        if (request.ValidUntil <= request.ValidFrom)
        {
            throw new SesFormatException("property.validEnd comes after validStart.");
        }

        if (request.Picture.Data.Length is < 1 or > 8 << 20)
        {
            throw new SesFormatException("picture.data is 1 byte to 8 MB.");
        }

        if (request.Picture.WidthMm is < 1 or > 255 || request.Picture.HeightMm is < 1 or > 255)
        {
            throw new SesFormatException("The picture is 1 to 255 mm each way.");
        }

        CheckExtensions(request.Extensions);
    }

    private static void WriteSealInfo(AsnWriter writer, SesSealRequest request)
    {
        using var info = writer.PushSequence();
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, "ES");
            writer.WriteInteger(WrittenVersion);
            writer.WriteCharacterString(UniversalTagNumber.IA5String, request.Vid);
        }

        writer.WriteCharacterString(UniversalTagNumber.IA5String, request.SealId);
        WriteProperty(writer, request);
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, request.Picture.Type);
            writer.WriteOctetString(request.Picture.Data.Span);
            writer.WriteInteger(request.Picture.WidthMm);
            writer.WriteInteger(request.Picture.HeightMm);
        }

        // Bare, as in every real seal that has extensions.
        if (request.Extensions.Count > 0)
        {
            SesWriter.WriteExtensions(writer, request.Extensions);
        }
    }

    private static void WriteProperty(AsnWriter writer, SesSealRequest request)
    {
        using var property = writer.PushSequence();
        writer.WriteInteger(request.Type);
        writer.WriteCharacterString(UniversalTagNumber.UTF8String, request.Name);
        writer.WriteInteger((int)request.CertListType);
        using (writer.PushSequence())
        {
            foreach (var certificate in request.SignerCertificates)
            {
                WriteSigner(writer, certificate, request.CertListType);
            }
        }

        SesWriter.WriteTime(writer, request.CreatedAt);
        SesWriter.WriteTime(writer, request.ValidFrom);
        SesWriter.WriteTime(writer, request.ValidUntil);
    }

    private static void WriteSigner(AsnWriter writer, Certificate certificate, SesCertListType listType)
    {
        if (listType == SesCertListType.Certificates)
        {
            writer.WriteOctetString(certificate.RawData.Span);
            return;
        }

        using var digest = writer.PushSequence();
        writer.WriteCharacterString(UniversalTagNumber.PrintableString, "SM3");
        writer.WriteOctetString(Sm3.HashData(certificate.RawData.Span));
    }
}
