using System.Collections.Concurrent;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Service.Keys;

namespace Seal.Service.Pki;

/// <summary>
/// The keys that answer by OCSP, one under each issuing authority, made when first asked for: whoever asks makes a key sign,
/// and that is never to be the authority's own.
/// </summary>
public sealed class OcspResponders(ServiceCertificates certificates)
{
    private readonly ConcurrentDictionary<string, (ServiceIdentity Identity, OcspResponder Responder)> _responders = new();

    /// <summary>The responder under a chain's issuing authority.</summary>
    public async ValueTask<OcspResponder> GetAsync(AuthorityChain chain, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var identity = await certificates.GetAsync(ServiceUse.Ocsp, chain, cancellation);
        if (_responders.TryGetValue(chain.IssuingName, out var known) && ReferenceEquals(known.Identity, identity))
        {
            return known.Responder;
        }

        OcspResponder made = new(chain.Issuing.Certificate, identity.Certificate, identity.Key);
        _responders[chain.IssuingName] = (identity, made);
        return made;
    }
}

/// <summary>Where keys lie: in the token where it can do the algorithm, in the vault where not.</summary>
/// <param name="Token">Keys of RSA and ECDSA.</param>
/// <param name="Vault">The others.</param>
public sealed record ResponderKeys(IServiceKeys Token, IServiceKeys Vault)
{
    /// <summary>Where keys of an algorithm lie.</summary>
    public IServiceKeys Of(SignatureAlgorithm algorithm) => algorithm == SignatureAlgorithm.Sm2Sm3 ? Vault : Token;
}
