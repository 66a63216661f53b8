// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Signatures} from "../common/Signatures.sol";
import {IIdentityRegistry} from "../identity/IIdentityRegistry.sol";
import {IDealErrors} from "./IDealErrors.sol";

/// @title Consent
/// @notice Requires that a party agreed, and that it may speak for the agent it names.
library Consent {
    /// @notice Requires that `party` sent this call or signed `digest`.
    /// @param party The party.
    /// @param digest What it must have signed.
    /// @param signature Its signature; empty if it is the caller.
    function requireParty(address party, bytes32 digest, bytes calldata signature) internal view {
        if (signature.length == 0) {
            requireCaller(party);
        } else if (!Signatures.isValid(party, digest, signature)) {
            revert IDealErrors.InvalidSignature(party, digest);
        }
    }

    /// @notice Requires that a leg's payee or standby agreed to the terms, at open. In consecutive legs the
    /// same party signs once, for all of them.
    /// @param party The party.
    /// @param dealId The terms' digest.
    /// @param signature Its signature; empty if it is the caller or signed for the leg before.
    /// @param mayJoin Whether it may also agree later.
    /// @param before Who had to agree to the leg before, if it did; else 0.
    /// @return True if it agreed; false if it is yet to join.
    function agrees(address party, bytes32 dealId, bytes calldata signature, bool mayJoin, address before)
        internal
        view
        returns (bool)
    {
        if (signature.length == 0) {
            if (party == before || party == msg.sender) return true;
            if (mayJoin) return false;
        }
        requireParty(party, dealId, signature);
        return true;
    }

    /// @notice Requires that `party` sent this call.
    /// @param party The party.
    function requireCaller(address party) internal view {
        if (msg.sender != party) revert IDealErrors.CallerIsNotParty(msg.sender, party);
    }

    /// @notice Requires that `party` is the agent's wallet, its owner or an operator, in the epoch that the
    /// terms name; nothing for agent 0. Else anybody could ruin or inflate another's record.
    /// @param registry The identity registry.
    /// @param agentId The agent.
    /// @param epoch The epoch in the terms.
    /// @param party The party.
    function requireAgent(IIdentityRegistry registry, uint256 agentId, uint256 epoch, address party)
        internal
        view
    {
        if (agentId == 0) return;
        (address wallet, uint32 registryEpoch) = registry.agentWalletAndEpoch(agentId);
        if (epoch != registryEpoch) revert IDealErrors.AgentEpochMismatch(agentId, epoch, registryEpoch);
        if (wallet != party && !registry.isAuthorizedOrOwner(party, agentId)) {
            revert IDealErrors.AgentNotControlled(agentId, party);
        }
    }
}
