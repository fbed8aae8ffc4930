namespace Seal.Cryptography.Vault;

/// <summary>
/// Encrypts short secrets under a master key that never leaves its device. Whoever has the database but not
/// the device gets nothing. May be called by several threads at once.
/// </summary>
public interface ISecretWrapper
{
    /// <summary>Encrypts a secret of at most a few hundred bytes, so that change shows.</summary>
    byte[] Wrap(ReadOnlySpan<byte> secret);

    /// <summary>Gives the secret back; the caller wipes it after use.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">
    /// The bytes were changed, or wrapped under another master key. An unreachable device is any other exception.
    /// </exception>
    byte[] Unwrap(ReadOnlySpan<byte> wrapped);
}
