using Seal.Cryptography;
using Seal.Domain.CertificateKinds;
using Seal.Domain.Deciding;
using Seal.Service.Keys;
using Seal.Service.Settings;
using Seal.Service.Start;

namespace Seal.Service.CertificateSources;

/// <summary>Sets up the certificate authorities that orders can choose.</summary>
public static class CertificateSourceSetup
{
    /// <summary>Adds them, and the rules that know their names.</summary>
    /// <exception cref="StartupException">A setting of one outside is wrong, or its files cannot be read.</exception>
    public static IServiceCollection AddCertificateSources(this IServiceCollection services, ServiceSettings settings, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(settings);
        CertificateAuthoritySettings.Require(settings.CertificateAuthorities);
        services.AddSingleton(settings.Rules with { CertificateKinds = KindsOf(settings), CertificateAuthorities = [DomainSettings.EmbeddedAuthority, .. settings.CertificateAuthorities.Select(one => one.Name)] });
        services.AddSingleton<IssuerFollower>().AddSingleton<OrderFiles>().AddSingleton<EncryptionKeys>().AddSingleton<EmbeddedSource>().AddSingleton<ICertificateSource>(provider => provider.GetRequiredService<EmbeddedSource>());
        foreach (var outside in settings.CertificateAuthorities)
        {
#pragma warning disable CA2000 // The services dispose it.
            var source = Open(outside, clock);
#pragma warning restore CA2000
            services.AddSingleton<ICertificateSource>(_ => source);
        }

        return services;
    }

    private static CertificateKindCatalog KindsOf(ServiceSettings settings)
    {
        if (settings.CertificateKinds.Length == 0)
        {
            return CertificateKindCatalog.Default;
        }

        try
        {
            var kinds = CertificateKindCatalog.Read(File.ReadAllBytes(settings.CertificateKinds), settings.CertificateKinds);
            var unknown = kinds.All.SelectMany(kind => kind.Authorities.Select(authority => (Kind: kind.Name, Authority: authority)))
                .FirstOrDefault(one => one.Authority != DomainSettings.EmbeddedAuthority && settings.CertificateAuthorities.All(known => known.Name != one.Authority));
            return unknown.Kind is null
                ? kinds
                : throw new StartupException($"The kind {unknown.Kind} in {settings.CertificateKinds} names the authority {unknown.Authority}, which is not among Seal:CertificateAuthorities: set it up there, or take it out of the kind's authorities.");
        }
        catch (KindFileException wrong)
        {
            throw new StartupException($"{wrong.Message} The file is named by Seal:CertificateKinds; docs/certificates.md describes its fields.", wrong);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The file of certificate kinds cannot be read: {unreadable.Message} Check Seal:CertificateKinds.", unreadable);
        }
    }

    private static OutsideSource Open(CertificateAuthoritySettings outside, TimeProvider clock)
    {
        try
        {
            return new OutsideSource(outside, clock);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or DerFormatException or FormatException)
        {
            throw new StartupException($"The files of the certificate authority {outside.Name} cannot be read: {failed.Message} Check its TokenFile and Roots.", failed);
        }
    }
}
