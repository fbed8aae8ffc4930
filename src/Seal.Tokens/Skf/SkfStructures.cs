using System.Runtime.InteropServices;

namespace Seal.Tokens.Skf;

// GM/T 0016-2012 §6.4, packed to the byte as the standard's own header does. ULONG and BOOL are 32 bits wide
// whatever the platform; handles are pointers.

/// <summary>VERSION.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct SkfVersion
{
    public byte Major;
    public byte Minor;
}

/// <summary>DEVINFO. Some makers pad it before the first ULONG, so only what lies before is read, and it is given more room.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal unsafe struct SkfDeviceInfo
{
    public SkfVersion Version;
    public fixed byte Manufacturer[64];
    public fixed byte Issuer[64];
    public fixed byte Label[32];
    public fixed byte SerialNumber[32];
    public SkfVersion HardwareVersion;
    public SkfVersion FirmwareVersion;
    public uint SymmetricAlgorithms;
    public uint AsymmetricAlgorithms;
    public uint HashAlgorithms;
    public uint DeviceAuthenticationAlgorithm;
    public uint TotalSpace;
    public uint FreeSpace;
    public uint MaximumEccBuffer;
    public uint MaximumBuffer;
    public fixed byte Reserved[64];
    public fixed byte Slack[64];
}

/// <summary>ECCPUBLICKEYBLOB: coordinates big-endian, right-aligned in fields wide enough for 512 bits.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal unsafe struct SkfEccPublicKey
{
    public const int FieldSize = 64;

    public uint BitLength;
    public fixed byte X[FieldSize];
    public fixed byte Y[FieldSize];
}

/// <summary>ECCSIGNATUREBLOB: numbers big-endian, right-aligned in fields wide enough for 512 bits.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal unsafe struct SkfEccSignature
{
    public fixed byte R[SkfEccPublicKey.FieldSize];
    public fixed byte S[SkfEccPublicKey.FieldSize];
}

/// <summary>Numbers of GM/T 0016 and GM/T 0006.</summary>
internal static class SkfNumber
{
    /// <summary>SGD_SM2_1: SM2 for signing.</summary>
    public const uint Sm2Signing = 0x00020200;

    public const uint AdministratorPin = 0;
    public const uint UserPin = 1;
    public const uint RightOfUser = 0x10;
    public const uint RightOfAnyone = 0xFF;

    /// <summary>Container types of SKF_GetContainerType.</summary>
    public const uint EccContainer = 2;
}
