namespace Seal.Cli.Ukey;

/// <summary>Which token is meant.</summary>
/// <param name="Module">Its maker's PKCS#11 library; <c>null</c>: it comes with an SKF library.</param>
/// <param name="Skf">Its maker's SKF library (GM/T 0016); <c>null</c>: it comes with a PKCS#11 library.</param>
/// <param name="Application">The application on an SKF device; <c>null</c>: the only one there is.</param>
/// <param name="Profile">The file with the device profile by which a PKCS#11 token signs with SM2; <c>null</c>: it does not.</param>
/// <param name="Label">Its label or serial number; <c>null</c>: the only one there is.</param>
/// <param name="PinFile">The file that holds its PIN; <c>null</c>: the PIN is asked for.</param>
internal sealed record TokenChoice(string? Module, string? Skf, string? Application, string? Profile, string? Label, string? PinFile)
{
    /// <summary>Whether it signs with SM2 as it is chosen: an SKF device always, a PKCS#11 token by a profile.</summary>
    public bool SignsWithSm2 => Skf is not null || Profile is not null;

    /// <summary>Opens the library.</summary>
    /// <exception cref="UkeyException">None is named, or two are.</exception>
    public ITokenLibrary Library() => (Module, Skf) switch
    {
        ({ } module, null) => new Pkcs11Library(module),
        (null, { } skf) when Profile is null => new SkfTokenLibrary(skf, Application),
        (null, not null) => throw new UkeyException("--profile is for PKCS#11 libraries: an SKF device signs with SM2 without one.", isRefused: false),
        (null, null) => throw new UkeyException("Name the library of the token's maker: --module for PKCS#11, --skf for SKF.", isRefused: false),
        _ => throw new UkeyException("Name one library, with --module or with --skf.", isRefused: false),
    };
}
