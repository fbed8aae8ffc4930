using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Seal.Tokens.Skf;

/// <summary>A PIN as SKF takes it, ended by a NUL; wiped when disposed.</summary>
internal sealed unsafe class SkfPin : IDisposable
{
    private readonly byte[] _text;

    public SkfPin(TokenPin pin)
    {
        _text = GC.AllocateArray<byte>(pin.Utf8.Length + 1, pinned: true);
        pin.Utf8.CopyTo(_text);
    }

    /// <summary>Whether the device would see only its beginning.</summary>
    public bool HasNul => _text.AsSpan(..^1).Contains((byte)0);

    public byte* Start => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_text));

    public void Dispose() => CryptographicOperations.ZeroMemory(_text);
}
