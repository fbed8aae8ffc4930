using Seal.Cryptography;
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
        services.AddSingleton(settings.Rules with { CertificateAuthorities = [DomainSettings.EmbeddedAuthority, .. settings.CertificateAuthorities.Select(one => one.Name)] });
        services.AddSingleton<IssuerFollower>().AddSingleton<OrderFiles>().AddSingleton<EmbeddedSource>().AddSingleton<ICertificateSource>(provider => provider.GetRequiredService<EmbeddedSource>());
        foreach (var outside in settings.CertificateAuthorities)
        {
#pragma warning disable CA2000 // The services dispose it.
            var source = Open(outside, clock);
#pragma warning restore CA2000
            services.AddSingleton<ICertificateSource>(_ => source);
        }

        return services;
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
