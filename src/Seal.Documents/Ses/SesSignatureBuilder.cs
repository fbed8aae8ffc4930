using System.Formats.Asn1;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;

namespace Seal.Documents.Ses;

/// <summary>Writes SES_Signature of GB/T 38540-2020 (version 4).</summary>
internal static class SesSignatureBuilder
{
    public static byte[] EncodeToSign(SesSignatureRequest request)
    {
        if (request.SealData.Version != SesSealBuilder.WrittenVersion)
        {
            throw new SesFormatException($"The seal has version {request.SealData.Version}; documents are sealed with version {SesSealBuilder.WrittenVersion}.");
        }

        if (request.DataHash.Length != Sm3.HashSizeInBytes)
        {
            throw new SesFormatException("dataHash is the 32 bytes of SM3.");
        }

        _ = SesWriter.Ia5("propertyInfo", request.PropertyInfo, 1024);
        SesSealBuilder.CheckExtensions(request.Extensions);
        return SesWriter.Encode(writer =>
        {
            using var tbs = writer.PushSequence();
            writer.WriteInteger(SesSealBuilder.WrittenVersion);
            writer.WriteEncodedValue(request.SealData.RawData.Span);
            SesWriter.WriteTime(writer, request.SignedAt);
            writer.WriteBitString(request.DataHash.Span);
            writer.WriteCharacterString(UniversalTagNumber.IA5String, request.PropertyInfo);
            if (request.Extensions.Count == 0)
            {
                return;
            }

            using var tagged = writer.PushSequence(SesReader.Context0);
            SesWriter.WriteExtensions(writer, request.Extensions);
        });
    }

    public static SesSignature Complete(
        ReadOnlyMemory<byte> toSign, Certificate signer, ReadOnlySpan<byte> signature, ReadOnlyMemory<byte>? timeStamp)
    {
        if (!Signatures.Verify(SignatureAlgorithm.Sm2Sm3, signer.SubjectPublicKeyInfo, toSign.Span, signature))
        {
            throw new SesFormatException($"The signature is not that of {signer} over this document.");
        }

        return SesSignature.Parse(Encode(toSign, signer, signature, timeStamp));
    }

    /// <summary>The container in DER, of a signature that the caller knows to be the signer's.</summary>
    public static byte[] Encode(ReadOnlyMemory<byte> toSign, Certificate signer, ReadOnlySpan<byte> signature, ReadOnlyMemory<byte>? timeStamp)
    {
        var value = signature.ToArray();
        return SesWriter.Encode(writer =>
        {
            using var outer = writer.PushSequence();
            writer.WriteEncodedValue(toSign.Span);
            writer.WriteOctetString(signer.RawData.Span);
            writer.WriteObjectIdentifier(SignatureAlgorithm.Sm2Sm3.Oid());
            writer.WriteBitString(value);
            if (timeStamp is not { } token)
            {
                return;
            }

            using var tagged = writer.PushSequence(SesReader.Context0);
            writer.WriteBitString(token.Span);
        });
    }
}
