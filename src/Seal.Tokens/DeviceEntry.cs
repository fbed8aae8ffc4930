using Seal.Cryptography.Certificates;

namespace Seal.Tokens;

/// <summary>What a device keeps under one id: a key pair, a certificate, or both.</summary>
/// <param name="Label">Its name; in SKF the container's.</param>
/// <param name="Id">What ties key and certificate together; empty where the device gives none.</param>
/// <param name="HasPrivateKey">Whether a private key is there and visible now.</param>
/// <param name="SubjectPublicKeyInfo">The public key, DER, from the public key object or else the certificate; empty if neither is there.</param>
/// <param name="Certificate">The certificate, or null.</param>
public sealed record DeviceEntry(
    string Label,
    ReadOnlyMemory<byte> Id,
    bool HasPrivateKey,
    ReadOnlyMemory<byte> SubjectPublicKeyInfo,
    Certificate? Certificate);
