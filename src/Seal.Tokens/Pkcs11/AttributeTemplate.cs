using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Seal.Tokens.Pkcs11;

/// <summary>Attributes of an object to find or to make. Values lie in pinned arrays, so that their addresses stay good.</summary>
internal sealed unsafe class AttributeTemplate
{
    private readonly List<(nuint Type, byte[] Value)> _attributes = [];

    public AttributeTemplate With(nuint type, ReadOnlySpan<byte> value)
    {
        var pinned = GC.AllocateUninitializedArray<byte>(value.Length, pinned: true);
        value.CopyTo(pinned);
        _attributes.Add((type, pinned));
        return this;
    }

    public AttributeTemplate With(nuint type, nuint value) =>
        With(type, MemoryMarshal.AsBytes(new ReadOnlySpan<nuint>(in value)));

    public AttributeTemplate With(nuint type, bool value) => With(type, [value ? (byte)1 : (byte)0]);

    /// <summary>The attributes as C wants them; good as long as this template is referenced.</summary>
    public CkAttribute[] ToNative() =>
    [
        .. _attributes.Select(static attribute => new CkAttribute
        {
            Type = attribute.Type,
            Value = Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(attribute.Value)),
            Length = (nuint)attribute.Value.Length,
        }),
    ];
}
