using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;

namespace Seal.Tokens;

/// <summary>
/// A device that keeps keys for its holder: what a PKCS#11 token and an SKF application have in common. May be
/// used by several threads at once. A device pulled out fails with a <see cref="TokenException"/> that names it;
/// the next call after it is back works.
/// </summary>
public interface IHolderDevice : IDisposable
{
    /// <summary>The device's name, given by its issuer.</summary>
    string Label { get; }

    /// <summary>The maker's serial number.</summary>
    string SerialNumber { get; }

    /// <summary>How many tries the user PIN has left.</summary>
    /// <exception cref="TokenException">The device is not there.</exception>
    PinState UserPin();

    /// <summary>Signs in as the user. The PIN is kept in memory to sign in again after the device was out.</summary>
    /// <exception cref="TokenException">The device is not there.</exception>
    PinOutcome SignIn(TokenPin pin);

    /// <summary>Signs out and forgets the PIN.</summary>
    void SignOut();

    /// <summary>Changes the user PIN.</summary>
    /// <returns>What the device said to the old PIN, or to the new one's length.</returns>
    PinOutcome ChangePin(TokenPin oldPin, TokenPin newPin);

    /// <summary>Sets a new user PIN where the old one is locked or forgotten. Signs everybody out.</summary>
    /// <param name="securityOfficerPin">The security officer's (SKF: administrator's) PIN.</param>
    /// <param name="newPin">The user PIN from now on.</param>
    /// <returns>What the device said to the security officer's PIN, or to the new one's length.</returns>
    PinOutcome Unblock(TokenPin securityOfficerPin, TokenPin newPin);

    /// <summary>Random bytes made by the device.</summary>
    byte[] Random(int length);

    /// <summary>The key pairs and certificates on the device. Without a sign-in some devices show no private keys.</summary>
    IReadOnlyList<DeviceEntry> Entries();

    /// <summary>The key pair of a label, or null if there is none.</summary>
    ISigner? FindSigner(string label, SignatureAlgorithm algorithm);

    /// <summary>The key pair of an entry, whoever wrote it there.</summary>
    /// <exception cref="TokenException">The entry has no key pair to sign with.</exception>
    ISigner OpenSigner(DeviceEntry entry, SignatureAlgorithm algorithm);

    /// <summary>Makes a key pair on the device, never to leave it, and tries it once.</summary>
    /// <param name="label">Must be free.</param>
    /// <param name="algorithm">How it is to sign.</param>
    /// <exception cref="InvalidOperationException">There is a key pair of this label.</exception>
    /// <exception cref="TokenException">The device is full, not there, does not know the algorithm, or nobody has signed in.</exception>
    ISigner GenerateSigner(string label, SignatureAlgorithm algorithm);

    /// <summary>Writes a certificate beside the key pair of a label, in place of an earlier one.</summary>
    /// <exception cref="InvalidOperationException">It is for another key than the one of this label.</exception>
    /// <exception cref="TokenException">The device is full or not there, or nobody has signed in.</exception>
    void WriteCertificate(string label, Certificate certificate);

    /// <summary>The certificate beside the key pair of a label, or null.</summary>
    Certificate? ReadCertificate(string label);

    /// <summary>
    /// Brings an SM2 key pair for encryption to the device, as an authority hands it over: in an envelope that only the key pair for signing
    /// of the label opens, on the device. Its certificate goes beside it.
    /// </summary>
    /// <param name="label">The label of the key pair for signing.</param>
    /// <param name="envelope">SM2EnvelopedKey of GM/T 0009, DER (<see cref="Sm2EnvelopedKey"/>).</param>
    /// <param name="certificate">The certificate of the key pair for encryption.</param>
    /// <exception cref="InvalidOperationException">The certificate is for another key; or there is a key pair for encryption, which may be needed to read what is old.</exception>
    /// <exception cref="Seal.Cryptography.DerFormatException">It is no envelope.</exception>
    /// <exception cref="TokenException">The envelope is for another key, or the device cannot open envelopes, is full or not there, or nobody has signed in.</exception>
    void ImportEncryptionKey(string label, ReadOnlyMemory<byte> envelope, Certificate certificate);

    /// <summary>The certificate of the key pair for encryption beside a label's, or null.</summary>
    Certificate? ReadEncryptionCertificate(string label);

    /// <summary>Writes data that is no secret, such as seal data, in place of what was under this label. Readable without a PIN.</summary>
    /// <exception cref="TokenException">The device is full or not there, or nobody has signed in.</exception>
    void WriteData(string label, ReadOnlySpan<byte> data);

    /// <summary>The data of a label, or null.</summary>
    byte[]? ReadData(string label);
}
