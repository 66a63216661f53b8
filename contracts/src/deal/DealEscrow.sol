// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IIdentityRegistry} from "../identity/IIdentityRegistry.sol";
import {Acceptance} from "./Acceptance.sol";
import {DealHashing} from "./DealHashing.sol";
import {Head, Leg} from "./DealTypes.sol";
import {Delivery} from "./Delivery.sol";
import {Deposits} from "./Deposits.sol";
import {Disputes} from "./Disputes.sol";
import {Expiry} from "./Expiry.sol";
import {IArbitrableDeals} from "./IArbitrableDeals.sol";
import {IDealEscrow} from "./IDealEscrow.sol";
import {Lane} from "./Lanes.sol";
import {Opening} from "./Opening.sol";
import {Ratings} from "./Ratings.sol";
import {SettledReputation} from "./SettledReputation.sol";
import {Settlement} from "./Settlement.sol";

/// @title DealEscrow
/// @notice The state machine of deals; see IDealEscrow.
/// @dev Every verb goes the same way: authenticate the terms, check state and time, require consent, write,
/// log, move money.
contract DealEscrow is Deposits, Opening, Delivery, Acceptance, Expiry, Disputes, Settlement, Ratings {
    /// @notice Deploys an escrow.
    /// @param registry The identity registry that binds agents to parties.
    constructor(IIdentityRegistry registry) SettledReputation(registry) {}

    /// @inheritdoc IArbitrableDeals
    function legState(bytes32 dealId, uint256 i)
        external
        view
        returns (uint8 state, uint8 flags, uint32 ts, uint24 late)
    {
        Lane lane = _lane(dealId, i);
        // forge-lint: disable-next-line(unsafe-typecast)
        return (uint8(lane.state()), uint8(lane.flags()), uint32(lane.ts()), uint24(lane.late()));
    }

    /// @inheritdoc IDealEscrow
    function dealIdOf(Head calldata head, Leg[] calldata legs) external view returns (bytes32) {
        return _dealId(head, legs);
    }

    /// @inheritdoc IDealEscrow
    function hashHead(Head calldata head) external pure returns (bytes32) {
        return DealHashing.hashHead(head);
    }

    /// @inheritdoc IDealEscrow
    function hashLeg(Leg calldata leg) external pure returns (bytes32) {
        return DealHashing.hashLeg(leg);
    }

    /// @inheritdoc IDealEscrow
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparator();
    }
}
