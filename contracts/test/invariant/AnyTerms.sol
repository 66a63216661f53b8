// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg} from "../../src/deal/DealTypes.sol";
import {Wallet} from "../support/World.sol";
import {Parties} from "./Parties.sol";

/// @notice Terms of every shape among the parties, in any token.
abstract contract AnyTerms is Parties {
    function anyHead(uint256 seed) internal returns (Head memory head) {
        head = head_();
        head.client = clients[seed % 2].addr;
        head.token = tokens[(seed >> 96) % TOKENS];
        if (seed >> 2 & 1 == 1) {
            (head.feeReceiver, head.feeBps) = (platform.addr, uint16(1 + (seed >> 3) % 1000));
        }
        if (head.client == clients[0].addr) head.clientAgentId = clientAgentId;
        if (seed >> 243 & 3 != 0) {
            (head.arbiter, head.rulingTime) = (arbiter.addr, uint32(within(seed >> 200, 1, 4 days)));
            head.arbiterFeeBps = uint16(within(seed >> 180, 0, 1000));
            head.deadlockBps = uint16(within(seed >> 160, 0, 10_000));
        }
        if (seed >> 241 & 1 == 1) head.joinBy = uint40(now_() + within(seed >> 140, 0, 2 days));
    }

    function anyLegs(uint256 seed, bool arbitrable)
        internal
        view
        returns (Leg[] memory legs, Wallet[] memory signers)
    {
        legs = new Leg[](within(seed >> 16, 1, 5));
        signers = new Wallet[](legs.length);
        uint256 lastAgentId = 0;
        for (uint256 i = 0; i < legs.length; ++i) {
            uint256 noise = uint256(keccak256(abi.encode(seed, i)));
            signers[i] = payees[noise % 3];
            legs[i] = _anyLeg(noise, signers[i], lastAgentId);
            if (arbitrable && noise >> 250 & 1 == 1) legs[i].silenceBps = 65_535;
            if (noise >> 251 & 1 == 1) _backBy(legs[i], payees[(noise + 1) % 3], noise);
            if (legs[i].agentId != 0) lastAgentId = legs[i].agentId;
        }
    }

    function _anyLeg(uint256 noise, Wallet memory to, uint256 lastAgentId)
        private
        view
        returns (Leg memory leg)
    {
        leg = leg_(to, within(noise >> 8, 1, 1e9));
        leg.due = uint40(now_() + within(noise >> 40, 1, 2 days));
        leg.grace = uint32(within(noise >> 72, 0, 1 days));
        leg.review = uint32(within(noise >> 104, 0, 3 days));
        leg.silenceBps = uint16(within(noise >> 136, 0, 10_000));
        if (noise >> 252 & 1 == 1) leg.bond = uint128(within(noise >> 220, 0, 1e9));
        if (leg.grace != 0) leg.penaltyMax = uint128(within(noise >> 160, 0, leg.amount));
        (leg.agentId, leg.agentEpoch) = _agent((noise >> 200) % 3, to.addr);
        if (leg.agentId <= lastAgentId) (leg.agentId, leg.agentEpoch) = (0, 0);
    }

    function _backBy(Leg memory leg, Wallet memory by, uint256 noise) private view {
        leg.standby = by.addr;
        (leg.standbyAgentId, leg.standbyAgentEpoch) = _agent((noise >> 202) % 3, by.addr);
        leg.retainer = uint128(within(noise >> 10, 0, 1e8));
        leg.standbyBond = uint128(within(noise >> 20, 0, 1e8));
        leg.callWindow = uint32(within(noise >> 30, 1, 1 days));
        leg.standbyTime = uint32(within(noise >> 50, 1, 1 days));
        if (leg.penaltyMax > leg.bond) leg.bond = leg.penaltyMax;
    }

    /// @dev One of the agents, if the account owns it.
    function _agent(uint256 which, address owner) private view returns (uint256 id, uint32 epoch) {
        id = agents[which];
        if (identity.ownerOf(id) != owner) return (0, 0);
        (, epoch) = identity.agentWalletAndEpoch(id);
    }
}
