using System.Runtime.InteropServices;
using System.Text;

namespace Seal.Tokens.Pkcs11;

// Laid out as C does on 64-bit Unix, where CK_ULONG is 8 bytes and structures are naturally aligned.

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CkInitializeArguments
{
    public void* CreateMutex;
    public void* DestroyMutex;
    public void* LockMutex;
    public void* UnlockMutex;
    public nuint Flags;
    public void* Reserved;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CkTokenInfo
{
    public fixed byte Label[32];
    public fixed byte ManufacturerId[32];
    public fixed byte Model[16];
    public fixed byte SerialNumber[16];
    public nuint Flags;
    public nuint MaxSessionCount;
    public nuint SessionCount;
    public nuint MaxRwSessionCount;
    public nuint RwSessionCount;
    public nuint MaxPinLength;
    public nuint MinPinLength;
    public nuint TotalPublicMemory;
    public nuint FreePublicMemory;
    public nuint TotalPrivateMemory;
    public nuint FreePrivateMemory;
    public fixed byte HardwareVersion[2];
    public fixed byte FirmwareVersion[2];
    public fixed byte UtcTime[16];

    /// <summary>Text of fixed length, padded with spaces, not terminated.</summary>
    public static string Text(byte* field, int length) =>
        Encoding.UTF8.GetString(field, length).TrimEnd(' ', '\0');
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CkAttribute
{
    public nuint Type;
    public void* Value;
    public nuint Length;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CkMechanism
{
    public nuint Type;
    public void* Parameter;
    public nuint ParameterLength;
}

[StructLayout(LayoutKind.Sequential)]
internal struct CkRsaPssParameters
{
    public nuint HashAlgorithm;
    public nuint MaskGeneration;
    public nuint SaltLength;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CkGcmParameters
{
    public byte* Iv;
    public nuint IvLength;
    public nuint IvBits;
    public byte* AssociatedData;
    public nuint AssociatedDataLength;
    public nuint TagBits;
}
