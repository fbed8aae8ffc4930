using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Seal.Documents.Tests.Ses;

/// <summary>Takes the structures apart and verifies them with BouncyCastle alone, knowing only the standard's layout.</summary>
internal static class BouncyCastleOpinion
{
    public static bool AcceptsSeal4(ReadOnlyMemory<byte> der)
    {
        var seal = (Asn1Sequence)Asn1Object.FromByteArray(der.ToArray());
        return Verify(((Asn1OctetString)seal[1]).GetOctets(), seal[0].ToAsn1Object().GetDerEncoded(), ((DerBitString)seal[3]).GetOctets());
    }

    public static bool AcceptsSignature4(ReadOnlyMemory<byte> der)
    {
        var signature = (Asn1Sequence)Asn1Object.FromByteArray(der.ToArray());
        return Verify(((Asn1OctetString)signature[1]).GetOctets(), signature[0].ToAsn1Object().GetDerEncoded(), ((DerBitString)signature[3]).GetOctets())
            && AcceptsSeal4(((Asn1Sequence)signature[0])[1].ToAsn1Object().GetDerEncoded());
    }

    private static bool Verify(byte[] certificate, byte[] message, byte[] signature)
    {
        var verifier = new SM2Signer();
        verifier.Init(false, (ECPublicKeyParameters)PublicKeyFactory.CreateKey(
            new X509CertificateParser().ReadCertificate(certificate).CertificateStructure.SubjectPublicKeyInfo));
        verifier.BlockUpdate(message, 0, message.Length);
        return verifier.VerifySignature(signature);
    }
}
