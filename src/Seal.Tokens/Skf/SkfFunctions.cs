using System.Runtime.InteropServices;

namespace Seal.Tokens.Skf;

/// <summary>The functions of an SKF library (GM/T 0016-2012 §7) that we call, found by name.</summary>
/// <param name="library">Handle of the loaded library.</param>
/// <param name="path">Its file, for messages.</param>
internal sealed unsafe class SkfFunctions(nint library, string path)
{
    public readonly delegate* unmanaged[Cdecl]<int, byte*, uint*, uint> EnumDev = (delegate* unmanaged[Cdecl]<int, byte*, uint*, uint>)Find(library, path, "SKF_EnumDev");
    public readonly delegate* unmanaged[Cdecl]<byte*, nint*, uint> ConnectDev = (delegate* unmanaged[Cdecl]<byte*, nint*, uint>)Find(library, path, "SKF_ConnectDev");
    public readonly delegate* unmanaged[Cdecl]<nint, uint> DisConnectDev = (delegate* unmanaged[Cdecl]<nint, uint>)Find(library, path, "SKF_DisConnectDev");
    public readonly delegate* unmanaged[Cdecl]<nint, SkfDeviceInfo*, uint> GetDevInfo = (delegate* unmanaged[Cdecl]<nint, SkfDeviceInfo*, uint>)Find(library, path, "SKF_GetDevInfo");
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, uint, uint> GenRandom = (delegate* unmanaged[Cdecl]<nint, byte*, uint, uint>)Find(library, path, "SKF_GenRandom");

    public readonly delegate* unmanaged[Cdecl]<nint, byte*, uint*, uint> EnumApplication = (delegate* unmanaged[Cdecl]<nint, byte*, uint*, uint>)Find(library, path, "SKF_EnumApplication");
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nint*, uint> OpenApplication = (delegate* unmanaged[Cdecl]<nint, byte*, nint*, uint>)Find(library, path, "SKF_OpenApplication");
    public readonly delegate* unmanaged[Cdecl]<nint, uint> CloseApplication = (delegate* unmanaged[Cdecl]<nint, uint>)Find(library, path, "SKF_CloseApplication");
    public readonly delegate* unmanaged[Cdecl]<nint, uint, byte*, uint*, uint> VerifyPin = (delegate* unmanaged[Cdecl]<nint, uint, byte*, uint*, uint>)Find(library, path, "SKF_VerifyPIN");
    public readonly delegate* unmanaged[Cdecl]<nint, uint, byte*, byte*, uint*, uint> ChangePin = (delegate* unmanaged[Cdecl]<nint, uint, byte*, byte*, uint*, uint>)Find(library, path, "SKF_ChangePIN");
    public readonly delegate* unmanaged[Cdecl]<nint, uint, uint*, uint*, int*, uint> GetPinInfo = (delegate* unmanaged[Cdecl]<nint, uint, uint*, uint*, int*, uint>)Find(library, path, "SKF_GetPINInfo");
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, byte*, uint*, uint> UnblockPin = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, uint*, uint>)Find(library, path, "SKF_UnblockPIN");
    public readonly delegate* unmanaged[Cdecl]<nint, uint> ClearSecureState = (delegate* unmanaged[Cdecl]<nint, uint>)Find(library, path, "SKF_ClearSecureState");

    public readonly delegate* unmanaged[Cdecl]<nint, byte*, uint*, uint> EnumContainer = (delegate* unmanaged[Cdecl]<nint, byte*, uint*, uint>)Find(library, path, "SKF_EnumContainer");
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nint*, uint> CreateContainer = (delegate* unmanaged[Cdecl]<nint, byte*, nint*, uint>)Find(library, path, "SKF_CreateContainer");
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nint*, uint> OpenContainer = (delegate* unmanaged[Cdecl]<nint, byte*, nint*, uint>)Find(library, path, "SKF_OpenContainer");
    public readonly delegate* unmanaged[Cdecl]<nint, uint> CloseContainer = (delegate* unmanaged[Cdecl]<nint, uint>)Find(library, path, "SKF_CloseContainer");
    public readonly delegate* unmanaged[Cdecl]<nint, uint*, uint> GetContainerType = (delegate* unmanaged[Cdecl]<nint, uint*, uint>)Find(library, path, "SKF_GetContainerType");
    public readonly delegate* unmanaged[Cdecl]<nint, int, byte*, uint, uint> ImportCertificate = (delegate* unmanaged[Cdecl]<nint, int, byte*, uint, uint>)Find(library, path, "SKF_ImportCertificate");
    public readonly delegate* unmanaged[Cdecl]<nint, int, byte*, uint*, uint> ExportCertificate = (delegate* unmanaged[Cdecl]<nint, int, byte*, uint*, uint>)Find(library, path, "SKF_ExportCertificate");
    public readonly delegate* unmanaged[Cdecl]<nint, uint, SkfEccPublicKey*, uint> GenEccKeyPair = (delegate* unmanaged[Cdecl]<nint, uint, SkfEccPublicKey*, uint>)Find(library, path, "SKF_GenECCKeyPair");
    public readonly delegate* unmanaged[Cdecl]<nint, int, byte*, uint*, uint> ExportPublicKey = (delegate* unmanaged[Cdecl]<nint, int, byte*, uint*, uint>)Find(library, path, "SKF_ExportPublicKey");
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, uint, SkfEccSignature*, uint> EccSignData = (delegate* unmanaged[Cdecl]<nint, byte*, uint, SkfEccSignature*, uint>)Find(library, path, "SKF_ECCSignData");

    /// <summary>Null where the library lacks it: only devices that take encryption keys need it.</summary>
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, uint> ImportEccKeyPair =
        (delegate* unmanaged[Cdecl]<nint, byte*, uint>)(NativeLibrary.TryGetExport(library, "SKF_ImportECCKeyPair", out var importing) ? importing : 0);

    public readonly delegate* unmanaged[Cdecl]<nint, byte*, uint*, uint> EnumFiles = (delegate* unmanaged[Cdecl]<nint, byte*, uint*, uint>)Find(library, path, "SKF_EnumFiles");
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, uint, uint, uint, uint> CreateFile = (delegate* unmanaged[Cdecl]<nint, byte*, uint, uint, uint, uint>)Find(library, path, "SKF_CreateFile");
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, uint> DeleteFile = (delegate* unmanaged[Cdecl]<nint, byte*, uint>)Find(library, path, "SKF_DeleteFile");
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, byte*, uint> GetFileInfo = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, uint>)Find(library, path, "SKF_GetFileInfo");
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, uint, uint, byte*, uint*, uint> ReadFile = (delegate* unmanaged[Cdecl]<nint, byte*, uint, uint, byte*, uint*, uint>)Find(library, path, "SKF_ReadFile");
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, uint, byte*, uint, uint> WriteFile = (delegate* unmanaged[Cdecl]<nint, byte*, uint, byte*, uint, uint>)Find(library, path, "SKF_WriteFile");

    private static nint Find(nint library, string path, string name) =>
        NativeLibrary.TryGetExport(library, name, out var address)
            ? address
            : throw new TokenException(path, TokenFailure.Unsupported, $"it has no {name}, so it is no SKF library, or not a whole one");
}
