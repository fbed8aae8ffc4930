namespace Seal.Tokens.Pkcs11;

/// <summary>
/// A module's CK_FUNCTION_LIST (PKCS#11 2.40 §3.6): a version, then 68 function pointers in the standard's
/// order. Only those we call are named.
/// </summary>
internal sealed unsafe class FunctionList
{
    private readonly nint* _functions;

    /// <param name="getFunctionList">The module's exported C_GetFunctionList.</param>
    public FunctionList(nint getFunctionList)
    {
        nint* list;
        var result = (CkResult)((delegate* unmanaged[Cdecl]<nint**, nuint>)getFunctionList)(&list);
        if (result != CkResult.Ok)
        {
            throw new TokenException("the module", "C_GetFunctionList", result);
        }

        _functions = list + 1; // CK_VERSION, padded to a pointer's size
    }

    public delegate* unmanaged[Cdecl]<CkInitializeArguments*, nuint> Initialize => (delegate* unmanaged[Cdecl]<CkInitializeArguments*, nuint>)_functions[0];

    public delegate* unmanaged[Cdecl]<void*, nuint> Finalize => (delegate* unmanaged[Cdecl]<void*, nuint>)_functions[1];

    public delegate* unmanaged[Cdecl]<byte, nuint*, nuint*, nuint> GetSlotList => (delegate* unmanaged[Cdecl]<byte, nuint*, nuint*, nuint>)_functions[4];

    public delegate* unmanaged[Cdecl]<nuint, CkTokenInfo*, nuint> GetTokenInfo => (delegate* unmanaged[Cdecl]<nuint, CkTokenInfo*, nuint>)_functions[6];

    public delegate* unmanaged[Cdecl]<nuint, byte*, nuint, byte*, nuint> InitToken => (delegate* unmanaged[Cdecl]<nuint, byte*, nuint, byte*, nuint>)_functions[9];

    public delegate* unmanaged[Cdecl]<nuint, byte*, nuint, nuint> InitPin => (delegate* unmanaged[Cdecl]<nuint, byte*, nuint, nuint>)_functions[10];

    public delegate* unmanaged[Cdecl]<nuint, byte*, nuint, byte*, nuint, nuint> SetPin => (delegate* unmanaged[Cdecl]<nuint, byte*, nuint, byte*, nuint, nuint>)_functions[11];

    public delegate* unmanaged[Cdecl]<nuint, nuint, void*, void*, nuint*, nuint> OpenSession => (delegate* unmanaged[Cdecl]<nuint, nuint, void*, void*, nuint*, nuint>)_functions[12];

    public delegate* unmanaged[Cdecl]<nuint, nuint> CloseSession => (delegate* unmanaged[Cdecl]<nuint, nuint>)_functions[13];

    public delegate* unmanaged[Cdecl]<nuint, nuint> CloseAllSessions => (delegate* unmanaged[Cdecl]<nuint, nuint>)_functions[14];

    public delegate* unmanaged[Cdecl]<nuint, nuint, byte*, nuint, nuint> Login => (delegate* unmanaged[Cdecl]<nuint, nuint, byte*, nuint, nuint>)_functions[18];

    public delegate* unmanaged[Cdecl]<nuint, nuint> Logout => (delegate* unmanaged[Cdecl]<nuint, nuint>)_functions[19];

    public delegate* unmanaged[Cdecl]<nuint, CkAttribute*, nuint, nuint*, nuint> CreateObject => (delegate* unmanaged[Cdecl]<nuint, CkAttribute*, nuint, nuint*, nuint>)_functions[20];

    public delegate* unmanaged[Cdecl]<nuint, nuint, nuint> DestroyObject => (delegate* unmanaged[Cdecl]<nuint, nuint, nuint>)_functions[22];

    public delegate* unmanaged[Cdecl]<nuint, nuint, CkAttribute*, nuint, nuint> GetAttributeValue => (delegate* unmanaged[Cdecl]<nuint, nuint, CkAttribute*, nuint, nuint>)_functions[24];

    public delegate* unmanaged[Cdecl]<nuint, CkAttribute*, nuint, nuint> FindObjectsInit => (delegate* unmanaged[Cdecl]<nuint, CkAttribute*, nuint, nuint>)_functions[26];

    public delegate* unmanaged[Cdecl]<nuint, nuint*, nuint, nuint*, nuint> FindObjects => (delegate* unmanaged[Cdecl]<nuint, nuint*, nuint, nuint*, nuint>)_functions[27];

    public delegate* unmanaged[Cdecl]<nuint, nuint> FindObjectsFinal => (delegate* unmanaged[Cdecl]<nuint, nuint>)_functions[28];

    public delegate* unmanaged[Cdecl]<nuint, CkMechanism*, nuint, nuint> EncryptInit => (delegate* unmanaged[Cdecl]<nuint, CkMechanism*, nuint, nuint>)_functions[29];

    public delegate* unmanaged[Cdecl]<nuint, byte*, nuint, byte*, nuint*, nuint> Encrypt => (delegate* unmanaged[Cdecl]<nuint, byte*, nuint, byte*, nuint*, nuint>)_functions[30];

    public delegate* unmanaged[Cdecl]<nuint, CkMechanism*, nuint, nuint> DecryptInit => (delegate* unmanaged[Cdecl]<nuint, CkMechanism*, nuint, nuint>)_functions[33];

    public delegate* unmanaged[Cdecl]<nuint, byte*, nuint, byte*, nuint*, nuint> Decrypt => (delegate* unmanaged[Cdecl]<nuint, byte*, nuint, byte*, nuint*, nuint>)_functions[34];

    public delegate* unmanaged[Cdecl]<nuint, CkMechanism*, nuint, nuint> SignInit => (delegate* unmanaged[Cdecl]<nuint, CkMechanism*, nuint, nuint>)_functions[42];

    public delegate* unmanaged[Cdecl]<nuint, byte*, nuint, byte*, nuint*, nuint> Sign => (delegate* unmanaged[Cdecl]<nuint, byte*, nuint, byte*, nuint*, nuint>)_functions[43];

    public delegate* unmanaged[Cdecl]<nuint, CkMechanism*, CkAttribute*, nuint, nuint*, nuint> GenerateKey => (delegate* unmanaged[Cdecl]<nuint, CkMechanism*, CkAttribute*, nuint, nuint*, nuint>)_functions[58];

    public delegate* unmanaged[Cdecl]<nuint, CkMechanism*, CkAttribute*, nuint, CkAttribute*, nuint, nuint*, nuint*, nuint> GenerateKeyPair =>
        (delegate* unmanaged[Cdecl]<nuint, CkMechanism*, CkAttribute*, nuint, CkAttribute*, nuint, nuint*, nuint*, nuint>)_functions[59];

    public delegate* unmanaged[Cdecl]<nuint, byte*, nuint, nuint> GenerateRandom => (delegate* unmanaged[Cdecl]<nuint, byte*, nuint, nuint>)_functions[64];
}
