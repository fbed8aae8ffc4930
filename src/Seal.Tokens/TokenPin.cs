using System.Security.Cryptography;
using System.Text;

namespace Seal.Tokens;

/// <summary>A PIN in memory, wiped when disposed, never shown in text.</summary>
public sealed class TokenPin : IDisposable
{
    private readonly byte[] _utf8;

    /// <param name="pin">The PIN; sent to the token as UTF-8 (PKCS#11 §5.6).</param>
    public TokenPin(ReadOnlySpan<char> pin)
    {
        _utf8 = new byte[Encoding.UTF8.GetByteCount(pin)];
        Encoding.UTF8.GetBytes(pin, _utf8);
    }

    private TokenPin(byte[] utf8) => _utf8 = utf8;

    internal ReadOnlySpan<byte> Utf8 => _utf8;

    /// <summary>Reads the first line of a secret file.</summary>
    public static TokenPin FromFile(string path)
    {
        var content = File.ReadAllBytes(path);
        try
        {
            var end = content.AsSpan().IndexOfAny((byte)'\r', (byte)'\n');
            return new TokenPin(content[..(end < 0 ? content.Length : end)]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Says nothing of the PIN.</summary>
    public override string ToString() => "PIN";

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_utf8);

    internal TokenPin Copy() => new((byte[])_utf8.Clone());
}

/// <summary>What a token said to a PIN.</summary>
public enum PinOutcome
{
    /// <summary>It was right.</summary>
    Accepted,

    /// <summary>It was wrong, and a try is spent where the token counts them.</summary>
    Wrong,

    /// <summary>The PIN is locked, perhaps by this try.</summary>
    Locked,

    /// <summary>The token does not take a PIN of this length or these characters; no try is spent.</summary>
    Unfit,

    /// <summary>No PIN has been set yet.</summary>
    NotSet,

    /// <summary>The PIN has expired and must be changed first.</summary>
    Expired,
}
