using System.Runtime.InteropServices;
using Seal.Cryptography;
using Seal.Cryptography.Certificates;

namespace Seal.Tokens.Skf;

/// <summary>A container: a pair of keys for signing, made there, another for encryption, brought there, and their certificates. Closed when disposed.</summary>
internal sealed unsafe class SkfContainer(SkfFunctions functions, nint handle, string device) : IDisposable
{
    private const int CoordinateSize = 32;

    // bSignFlag
    private const int Encryption = 0;
    private const int Signing = 1;

    /// <summary>The DER SubjectPublicKeyInfo of the SM2 key for signing, or null if the container has none.</summary>
    public byte[]? PublicKey() => PublicKey(Signing);

    /// <summary>The DER SubjectPublicKeyInfo of the SM2 key for encryption, or null if the container has none.</summary>
    public byte[]? EncryptionPublicKey() => PublicKey(Encryption);

    private byte[]? PublicKey(int purpose)
    {
        uint type;
        SkfNames.Check(functions.GetContainerType(handle, &type), device, "SKF_GetContainerType");
        if (type != SkfNumber.EccContainer)
        {
            return null;
        }

        SkfEccPublicKey blob;
        var length = (uint)sizeof(SkfEccPublicKey);
        var result = (SarResult)functions.ExportPublicKey(handle, purpose, (byte*)&blob, &length);
        if (result == SarResult.KeyNotFound)
        {
            return null; // only a key for the other purpose
        }

        SkfNames.Check((uint)result, device, "SKF_ExportPublicKey");
        return Read(blob);
    }

    /// <summary>Makes a new pair of keys for signing and gives its public key.</summary>
    public byte[] Generate()
    {
        SkfEccPublicKey blob;
        SkfNames.Check(functions.GenEccKeyPair(handle, SkfNumber.Sm2Signing, &blob), device, "SKF_GenECCKeyPair");
        return Read(blob);
    }

    /// <summary>r ‖ s, 64 bytes each, over e = SM3(Z ‖ message).</summary>
    public byte[] Sign(ReadOnlySpan<byte> digest)
    {
        SkfEccSignature signature;
        fixed (byte* start = digest)
        {
            SkfNames.Check(functions.EccSignData(handle, start, (uint)digest.Length, &signature), device, "SKF_ECCSignData");
        }

        return MemoryMarshal.AsBytes(new ReadOnlySpan<SkfEccSignature>(in signature)).ToArray();
    }

    /// <summary>Takes the pair of keys for encryption out of its envelope, on the device, with the private key for signing.</summary>
    /// <param name="blob">ENVELOPEDKEYBLOB of GM/T 0016.</param>
    public void ImportEncryptionKey(ReadOnlySpan<byte> blob)
    {
        if (functions.ImportEccKeyPair == null)
        {
            throw new TokenException(device, TokenFailure.Unsupported, "its library has no SKF_ImportECCKeyPair, so no encryption key can be brought to it");
        }

        fixed (byte* start = blob)
        {
            SkfNames.Check(functions.ImportEccKeyPair(handle, start), device, "SKF_ImportECCKeyPair");
        }
    }

    /// <summary>The same, with the certificate; a key pair that is there already stays.</summary>
    public void TakeEncryptionKey(ReadOnlySpan<byte> blob, Certificate certificate, Func<string, Exception> refusal)
    {
        if (EncryptionPublicKey() is { } old && !old.AsSpan().SequenceEqual(certificate.SubjectPublicKeyInfo.Span))
        {
            throw refusal("there is another encryption key pair, which may be needed to read what is old: use another label.");
        }

        ImportEncryptionKey(blob);
        if (!EncryptionPublicKey().AsSpan().SequenceEqual(certificate.SubjectPublicKeyInfo.Span))
        {
            throw refusal("the device says that its encryption key is another than the one it was given.");
        }

        WriteCertificate(certificate.RawData.Span, Encryption);
    }

    public void WriteCertificate(ReadOnlySpan<byte> der) => WriteCertificate(der, Signing);

    private void WriteCertificate(ReadOnlySpan<byte> der, int purpose)
    {
        fixed (byte* start = der)
        {
            SkfNames.Check(functions.ImportCertificate(handle, purpose, start, (uint)der.Length), device, "SKF_ImportCertificate");
        }
    }

    /// <summary>The certificate for signing, or null if there is none.</summary>
    public byte[]? ReadCertificate() => ReadCertificate(Signing);

    /// <summary>The certificate for encryption, or null if there is none.</summary>
    public byte[]? ReadEncryptionCertificate() => ReadCertificate(Encryption);

    private byte[]? ReadCertificate(int purpose)
    {
        try
        {
            return SkfNames.Answer((answer, length) => functions.ExportCertificate(handle, purpose, answer, length), device, "SKF_ExportCertificate");
        }
        catch (TokenException none) when (none.SkfResult == SarResult.CertificateNotFound)
        {
            return null;
        }
    }

    public DeviceEntry Describe(string name)
    {
        var publicKey = PublicKey();
        Certificate? certificate = null;
        try
        {
            certificate = ReadCertificate() is { } der ? Certificate.Parse(der) : null;
        }
        catch (DerFormatException)
        {
            // A certificate that is none does not hide the keys beside it.
        }

        return new DeviceEntry(
            name, System.Text.Encoding.UTF8.GetBytes(name), publicKey is not null, publicKey ?? certificate?.SubjectPublicKeyInfo ?? default, certificate);
    }

    public void Dispose() => functions.CloseContainer(handle);

    private byte[] Read(in SkfEccPublicKey blob)
    {
        var fields = MemoryMarshal.AsBytes(new ReadOnlySpan<SkfEccPublicKey>(in blob))[sizeof(uint)..];
        ReadOnlySpan<byte> x = fields[..SkfEccPublicKey.FieldSize], y = fields[SkfEccPublicKey.FieldSize..];
        const int Unused = SkfEccPublicKey.FieldSize - CoordinateSize;
        return x[..Unused].ContainsAnyExcept((byte)0) || y[..Unused].ContainsAnyExcept((byte)0)
            ? throw new TokenException(device, TokenFailure.Unsupported, "it gives a public key that is not 256 bits long and right-aligned, as GM/T 0016 says")
            : TokenPublicKey.Sm2([.. x[Unused..], .. y[Unused..]]);
    }
}
