using System.Security.Cryptography;
using Seal.Cryptography.Vault;

namespace Seal.Cryptography.Tests.Support;

/// <summary>A device's master key, in memory; the real one is tested with the tokens.</summary>
internal sealed class MemoryWrapper : ISecretWrapper, IDisposable
{
    private readonly AesGcm _aes = new(RandomNumberGenerator.GetBytes(32), 16);

    public byte[] Wrap(ReadOnlySpan<byte> secret)
    {
        var wrapped = new byte[28 + secret.Length];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, 12));
        _aes.Encrypt(wrapped.AsSpan(0, 12), secret, wrapped.AsSpan(28), wrapped.AsSpan(12, 16));
        return wrapped;
    }

    public byte[] Unwrap(ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length < 28)
        {
            throw new CryptographicException("too short");
        }

        var secret = new byte[wrapped.Length - 28];
        _aes.Decrypt(wrapped[..12], wrapped[28..], wrapped.Slice(12, 16), secret);
        return secret;
    }

    public void Dispose() => _aes.Dispose();
}
